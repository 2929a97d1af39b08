//! Pictures that people send: what becomes of good ones, and what is said of bad ones.

use crate::harness::{Answer, Api, Member, Site};
use image::codecs::gif::GifEncoder;
use image::{DynamicImage, Frame, GenericImageView, ImageFormat, Rgb, Rgba, RgbaImage};
use reqwest::Method;
use reqwest::header::{ACCEPT_LANGUAGE, CONTENT_TYPE};
use serde_json::Value;
use std::io::Cursor;

/// Red, green on the first line; blue, white on the second: each a quarter.
fn quarters(width: u32, height: u32) -> DynamicImage {
    DynamicImage::ImageRgba8(RgbaImage::from_fn(width, height, |x, y| match (x < width / 2, y < height / 2) {
        (true, true) => Rgba([255, 0, 0, 255]),
        (false, true) => Rgba([0, 255, 0, 255]),
        (true, false) => Rgba([0, 0, 255, 255]),
        (false, false) => Rgba([255, 255, 255, 255]),
    }))
}

fn file(picture: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    let picture = if format == ImageFormat::Jpeg { &DynamicImage::ImageRgb8(picture.to_rgb8()) } else { picture };
    picture.write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

async fn send(api: &Api, query: &str, bytes: Vec<u8>) -> Answer {
    let request = api.request(Method::POST, &format!("pictures{query}")).header(CONTENT_TYPE, "image/png");
    api.send(request.body(bytes)).await
}

/// What is served of it.
async fn served(site: &Site, kept: &Value) -> Vec<u8> {
    let address = format!("{}{}", site.api.origin, kept["url"].as_str().unwrap());
    let response = reqwest::get(address).await.unwrap();
    assert_eq!(response.status(), 200);
    for (name, value) in [
        ("content-type", "image/jpeg"),
        ("cache-control", "public, max-age=31536000, immutable"),
        ("x-content-type-options", "nosniff"),
        ("content-security-policy", "default-src 'none'"),
    ] {
        assert_eq!(response.headers()[name], value);
    }
    response.bytes().await.unwrap().to_vec()
}

async fn shown(site: &Site, member: &Member, query: &str, bytes: Vec<u8>) -> DynamicImage {
    let kept = send(&member.api, query, bytes).await.is(201);
    let bytes = served(site, &kept).await;
    assert_eq!(image::guess_format(&bytes).unwrap(), ImageFormat::Jpeg);
    let picture = image::load_from_memory(&bytes).unwrap();
    assert_eq!(picture.dimensions(), (320, 320));
    picture
}

/// The colours in the middle of the four quarters.
fn corners(picture: &DynamicImage) -> [&'static str; 4] {
    let name = |x: u32, y: u32| match picture.to_rgb8().get_pixel(x, y) {
        Rgb([r, g, b]) if *r > 200 && *g > 200 && *b > 200 => "white",
        Rgb([r, ..]) if *r > 200 => "red",
        Rgb([_, g, _]) if *g > 200 => "green",
        Rgb([.., b]) if *b > 200 => "blue",
        other => panic!("{other:?}"),
    };
    [name(80, 80), name(240, 80), name(80, 240), name(240, 240)]
}

const UPRIGHT: [&str; 4] = ["red", "green", "blue", "white"];

#[tokio::test]
async fn each_kind_of_picture_becomes_a_small_square_jpeg() {
    let site = Site::start().await;
    let anna = site.member("anna").await;
    for format in [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP, ImageFormat::Gif] {
        for (width, height) in [(400, 400), (1_000, 800)] {
            let picture = shown(&site, &anna, "", file(&quarters(width, height), format)).await;
            assert_eq!(corners(&picture), UPRIGHT, "{format:?} {width}x{height}");
        }
    }
    let one = DynamicImage::ImageRgba8(RgbaImage::from_pixel(1, 1, Rgba([0, 0, 255, 255])));
    assert_eq!(corners(&shown(&site, &anna, "", file(&one, ImageFormat::Png)).await), ["blue"; 4]);
    let clear = DynamicImage::ImageRgba8(RgbaImage::from_pixel(50, 70, Rgba([0, 0, 0, 0])));
    assert_eq!(corners(&shown(&site, &anna, "", file(&clear, ImageFormat::Png)).await), ["white"; 4]);
}

#[tokio::test]
async fn the_part_that_was_chosen_is_shown() {
    let site = Site::start().await;
    let anna = site.member("anna").await;
    let wide = file(&quarters(800, 400), ImageFormat::Png);
    let picture = shown(&site, &anna, "?x=0&y=200&size=200", wide.clone()).await;
    assert_eq!(corners(&picture), ["blue"; 4]);
    assert_eq!(corners(&shown(&site, &anna, "?x=400&y=0&size=400", wide.clone()).await)[..2], ["green"; 2]);
    for bad in ["?x=401&y=0&size=400", "?x=0&y=0&size=401", "?x=0&y=0&size=0", "?x=0&y=0", "?x=-1&y=0&size=1", "?z=1"] {
        send(&anna.api, bad, wide.clone()).await.refused(422, "invalid");
    }
}

/// A JPEG with an EXIF segment: how it is to be turned, and where it was taken.
fn photo(orientation: u8, picture: &DynamicImage) -> Vec<u8> {
    let mut exif = b"Exif\0\0MM\0\x2a\0\0\0\x08\0\x02".to_vec();
    exif.extend([0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0]);
    exif.extend([0x01, 0x0e, 0, 2, 0, 0, 0, 14, 0, 0, 0, 38, 0, 0, 0, 0]);
    exif.extend(b"SECRET PLACE!\0");
    let jpeg = file(picture, ImageFormat::Jpeg);
    let length = u16::try_from(exif.len() + 2).unwrap().to_be_bytes();
    [&jpeg[..2], &[0xff, 0xe1], &length, &exif, &jpeg[2..]].concat()
}

#[tokio::test]
async fn a_photo_stands_upright_and_tells_nothing_else() {
    let site = Site::start().await;
    let anna = site.member("anna").await;
    for orientation in 1..=8 {
        // As a camera stores it: turned the other way.
        let mut stored = quarters(400, 400);
        let undone = match orientation {
            6 => 8,
            8 => 6,
            same => same,
        };
        stored.apply_orientation(image::metadata::Orientation::from_exif(undone).unwrap());
        let sent = photo(orientation, &stored);
        assert!(sent.windows(6).any(|part| part == b"SECRET"));
        let kept = send(&anna.api, "", sent).await.is(201);
        let bytes = served(&site, &kept).await;
        assert_eq!(corners(&image::load_from_memory(&bytes).unwrap()), UPRIGHT, "{orientation}");
        for hidden in [&b"SECRET"[..], b"Exif", b"\xff\xe1"] {
            assert!(!bytes.windows(hidden.len()).any(|part| part == hidden), "{orientation}: {hidden:?}");
        }
    }
}

#[tokio::test]
async fn of_a_moving_picture_the_first_is_shown() {
    let site = Site::start().await;
    let anna = site.member("anna").await;
    let mut bytes = Vec::new();
    let mut encoder = GifEncoder::new(&mut bytes);
    let blank = RgbaImage::from_pixel(400, 400, Rgba([0, 0, 255, 255]));
    encoder.encode_frames([Frame::new(quarters(400, 400).to_rgba8()), Frame::new(blank)]).unwrap();
    drop(encoder);
    assert_eq!(corners(&shown(&site, &anna, "", bytes).await), UPRIGHT);
}

fn crc(bytes: &[u8]) -> [u8; 4] {
    let crc = bytes.iter().fold(u32::MAX, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |c, _| if c & 1 == 1 { c >> 1 ^ 0xedb8_8320 } else { c >> 1 })
    });
    (!crc).to_be_bytes()
}

/// A PNG of nothing but black, as small as it can be: each line is said to be the one before once more.
fn bomb(width: u32, height: u32, colour: u8) -> Vec<u8> {
    let channels = if colour == 2 { 3 } else { 1 };
    let length = (u64::from(width) * channels + 1) * u64::from(height).min(20_000);
    let (mut packed, mut held, mut count) = (vec![0x78, 0x01], 0_u64, 0);
    let mut put = |bits: u64, length: u32, packed: &mut Vec<u8>| {
        held |= bits << count;
        count += length;
        while count >= 8 {
            packed.push((held & 0xff) as u8);
            held >>= 8;
            count -= 8;
        }
    };
    // One block of fixed codes: a zero, then 258 times the same, over and over (RFC 1951, 3.2.6).
    put(0b011, 3, &mut packed);
    put(0b0000_1100, 8, &mut packed);
    for _ in 0..(length / 258).min(1_500_000) {
        put(0b1010_0011, 8, &mut packed);
        put(0, 5, &mut packed);
    }
    put(0, 7, &mut packed);
    put(0, 8, &mut packed);
    let mut png = b"\x89PNG\r\n\x1a\n".to_vec();
    let mut header = [width.to_be_bytes(), height.to_be_bytes()].concat();
    header.extend([8, colour, 0, 0, 0]);
    for (name, data) in [(b"IHDR", &header), (b"IDAT", &packed), (b"IEND", &Vec::new())] {
        let named = [&name[..], data].concat();
        png.extend(u32::try_from(data.len()).unwrap().to_be_bytes());
        png.extend(&named);
        png.extend(crc(&named));
    }
    png
}

#[tokio::test]
async fn what_would_fill_the_memory_is_refused_before_it_does() {
    let site = Site::start().await;
    let anna = site.member("anna").await;
    let tiny = bomb(4, 4, 2);
    let mut wide = tiny.clone();
    wide[16..24].copy_from_slice(&[50_000_u32.to_be_bytes(), 50_000_u32.to_be_bytes()].concat());
    let sum = crc(&wide[12..29]);
    wide[29..33].copy_from_slice(&sum);
    assert!(wide.len() < 100);
    for (bytes, what) in
        [(wide, "50,000 a side"), (bomb(10_000, 10_000, 2), "300 MB unpacked"), (bomb(12_001, 1, 0), "")]
    {
        let said = send(&anna.api, "", bytes).await.refused(422, "invalid");
        assert!(said.contains("too many pixels"), "{what}: {said}");
    }
    let sends = anna.api.request(Method::POST, "pictures").header(ACCEPT_LANGUAGE, "fr");
    let said = anna.api.send(sends.body(vec![0; 50 << 20])).await.refused(413, "too_large");
    assert_eq!(said, "L’image dépasse 10 Mo.");
}

#[tokio::test]
async fn what_is_no_picture_is_said_to_be_none() {
    let site = Site::start().await;
    let anna = site.member("anna").await;
    let good = file(&quarters(100, 100), ImageFormat::Png);
    let svg = b"<svg xmlns='http://www.w3.org/2000/svg'/>".to_vec();
    for bad in [Vec::new(), b"hello, I am a PNG".to_vec(), svg, b"BM\0\0\0\0\0\0\0\0".to_vec()] {
        let said = send(&anna.api, "", bad).await.refused(415, "unsupported_media_type");
        assert!(said.contains("JPEG"), "{said}");
    }
    let other = site.member("ben").await;
    let jpeg = file(&quarters(100, 100), ImageFormat::Jpeg);
    let gif = file(&quarters(100, 100), ImageFormat::Gif);
    let webp = file(&quarters(100, 100), ImageFormat::WebP);
    for whole in [&good, &gif, &webp] {
        for end in [12, 40, whole.len() / 2] {
            let answer = send(&other.api, "", whole[..end].to_vec()).await;
            let said = answer.refused(422, "invalid");
            assert!(said.contains("damaged"), "{said}");
        }
    }
    let third = site.member("carl").await;
    send(&third.api, "", jpeg[..40].to_vec()).await.refused(422, "invalid");
    let mut spoilt = good.clone();
    let middle = spoilt.len() / 2;
    spoilt[middle] ^= 0xff;
    send(&third.api, "", spoilt).await.refused(422, "invalid");
    // Only good ones were kept.
    send(&third.api, "", good).await.is(201);
}

#[tokio::test]
async fn pictures_are_sent_by_people_of_a_site_at_a_pace_and_seen_by_all() {
    let site = Site::with_clock_in_hand().await;
    let anna = site.member("anna").await;
    let good = file(&quarters(30, 30), ImageFormat::Png);
    send(&site.api, "", good.clone()).await.refused(401, "unauthorized");
    let olga = site.operator("Olga", "agent").await;
    let request = olga.api.request(Method::POST, "admin/pictures").body(good.clone());
    served(&site, &olga.api.send(request).await.is(201)).await;
    let kept = send(&anna.api, "", good.clone()).await.is(201);
    assert_eq!(kept["url"], format!("/api/v1/pictures/{}", kept["id"].as_str().unwrap()));
    for _ in 0..9 {
        send(&anna.api, "", good.clone()).await.is(201);
    }
    let answer = send(&anna.api, "", good.clone()).await;
    assert_eq!(answer.headers["retry-after"], "6");
    answer.refused(429, "rate_limited");
    site.advance(std::time::Duration::from_secs(6));
    send(&anna.api, "", good).await.is(201);
    // Its name is all one needs, on whichever site; nobody guesses it.
    let zoe = site.neighbour("other").await.member("zoe").await;
    let seen = zoe.get(&format!("pictures/{}", kept["id"].as_str().unwrap())).await;
    assert_eq!(seen.status, 200);
    for absent in ["0".repeat(26).as_str(), "x", "0000000000000"] {
        zoe.get(&format!("pictures/{absent}")).await.refused(404, "not_found");
    }
}
