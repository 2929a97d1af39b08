//! From any file to a small square JPEG.

use crate::platform::http::{Code, Problem};
use image::codecs::jpeg::JpegEncoder;
use image::imageops::{self, FilterType};
use image::metadata::Orientation;
use image::{DynamicImage, GenericImageView, ImageDecoder, ImageError, ImageFormat, ImageReader, Limits, RgbImage};
use image::{Rgb, Rgba, RgbaImage};
use std::io::Cursor;

/// The side of what is shown, in pixels.
const SIDE: u32 = 320;
/// The longest side of what is read, in pixels.
const LONGEST: u32 = 12_000;
/// The most memory a decoded picture takes.
const MOST_BYTES: u64 = 128 << 20;
const QUALITY: u8 = 85;

/// What of a picture is shown: a square, in pixels of the picture as one sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Square {
    /// From the left.
    pub x: u32,
    /// From the top.
    pub y: u32,
    /// Its side.
    pub size: u32,
}

/// Why a file makes no picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bad {
    /// No picture, or of another kind.
    Kind,
    /// Too many pixels.
    Large,
    /// It can't be read to its end.
    Damaged,
    /// The square is not in it.
    Outside,
}

impl From<Bad> for Problem {
    fn from(bad: Bad) -> Problem {
        match bad {
            Bad::Kind => Problem::said_with(Code::UnsupportedMediaType, "refusal.picture.kind"),
            Bad::Large => Problem::said("refusal.picture.pixels"),
            Bad::Damaged => Problem::said("refusal.picture.damaged"),
            Bad::Outside => Problem::said("refusal.picture.outside"),
        }
    }
}

impl From<ImageError> for Bad {
    fn from(error: ImageError) -> Bad {
        match error {
            ImageError::Limits(_) => Bad::Large,
            ImageError::Unsupported(_) => Bad::Kind,
            _ => Bad::Damaged,
        }
    }
}

/// The square that is asked for, or the largest in the middle, as a JPEG of [`SIDE`] without anything else in it.
pub fn render(file: &[u8], square: Option<Square>) -> Result<Vec<u8>, Bad> {
    let (picture, orientation) = decode(file)?;
    let seen = seen_size(picture.dimensions(), orientation);
    let square = match square {
        Some(square) if fits(square, seen) => square,
        Some(_) => return Err(Bad::Outside),
        None => middle(seen),
    };
    let source = in_source(square, picture.dimensions(), orientation);
    let mut small = DynamicImage::ImageRgb8(on_white(&shrink(&picture, source)));
    drop(picture);
    small.apply_orientation(orientation);
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, QUALITY).encode_image(&small.into_rgb8())?;
    Ok(bytes)
}

/// The picture as it lies in the file (the first of a moving one), and how it is to be turned.
fn decode(file: &[u8]) -> Result<(DynamicImage, Orientation), Bad> {
    let format = image::guess_format(file).map_err(|_| Bad::Kind)?;
    if !matches!(format, ImageFormat::Jpeg | ImageFormat::Png | ImageFormat::WebP | ImageFormat::Gif) {
        return Err(Bad::Kind);
    }
    let mut limits = Limits::no_limits();
    limits.max_image_width = Some(LONGEST);
    limits.max_image_height = Some(LONGEST);
    limits.max_alloc = Some(MOST_BYTES);
    let mut reader = ImageReader::with_format(Cursor::new(file), format);
    reader.limits(limits.clone());
    let mut decoder = reader.into_decoder()?;
    let (width, height) = decoder.dimensions();
    if width.max(height) > LONGEST || decoder.total_bytes() > MOST_BYTES {
        return Err(Bad::Large);
    }
    if width.min(height) == 0 {
        return Err(Bad::Damaged);
    }
    decoder.set_limits(limits)?;
    // What is said badly about a picture that is fine is not worth refusing it.
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    Ok((DynamicImage::from_decoder(decoder)?, orientation))
}

fn seen_size((width, height): (u32, u32), orientation: Orientation) -> (u32, u32) {
    match orientation {
        Orientation::Rotate90 | Orientation::Rotate270 | Orientation::Rotate90FlipH | Orientation::Rotate270FlipH => {
            (height, width)
        }
        _ => (width, height),
    }
}

fn fits(square: Square, (width, height): (u32, u32)) -> bool {
    let within = |from: u32, side: u32| from.checked_add(square.size).is_some_and(|to| to <= side);
    square.size > 0 && within(square.x, width) && within(square.y, height)
}

fn middle((width, height): (u32, u32)) -> Square {
    let size = width.min(height);
    Square { x: (width - size) / 2, y: (height - size) / 2, size }
}

/// Where a square of the picture as it is seen lies in the picture as it is stored.
fn in_source(square: Square, (width, height): (u32, u32), orientation: Orientation) -> Square {
    let Square { x, y, size } = square;
    let (right, bottom) = (|from: u32| width - from - size, |from: u32| height - from - size);
    let (x, y) = match orientation {
        Orientation::NoTransforms => (x, y),
        Orientation::FlipHorizontal => (right(x), y),
        Orientation::FlipVertical => (x, bottom(y)),
        Orientation::Rotate180 => (right(x), bottom(y)),
        Orientation::Rotate90 => (y, bottom(x)),
        Orientation::Rotate270 => (right(y), x),
        Orientation::Rotate90FlipH => (y, x),
        Orientation::Rotate270FlipH => (right(y), bottom(x)),
    };
    Square { x, y, size }
}

/// A large picture is first made roughly small: each of its pixels is looked at once.
fn shrink(picture: &DynamicImage, square: Square) -> RgbaImage {
    let part = picture.view(square.x, square.y, square.size, square.size);
    if square.size > 2 * SIDE {
        let rough = imageops::thumbnail(&*part, 2 * SIDE, 2 * SIDE);
        imageops::resize(&rough, SIDE, SIDE, FilterType::Lanczos3)
    } else {
        imageops::resize(&*part, SIDE, SIDE, FilterType::CatmullRom)
    }
}

fn on_white(picture: &RgbaImage) -> RgbImage {
    let mut whole = RgbImage::new(picture.width(), picture.height());
    for (to, Rgba([r, g, b, alpha])) in whole.pixels_mut().zip(picture.pixels()) {
        let over = |c: u8| {
            let alpha = u16::from(*alpha);
            u8::try_from((u16::from(c) * alpha + 255 * (255 - alpha) + 127) / 255).unwrap_or(u8::MAX)
        };
        *to = Rgb([over(*r), over(*g), over(*b)]);
    }
    whole
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each pixel its own colour.
    fn picture(width: u32, height: u32) -> DynamicImage {
        DynamicImage::ImageRgba8(RgbaImage::from_fn(width, height, |x, y| Rgba([x as u8, y as u8, 0, 255])))
    }

    #[test]
    fn a_square_is_found_in_a_picture_however_it_is_stored() {
        for code in 1..=8 {
            let orientation = Orientation::from_exif(code).unwrap();
            let stored = picture(7, 5);
            let mut seen = stored.clone();
            seen.apply_orientation(orientation);
            assert_eq!(seen.dimensions(), seen_size(stored.dimensions(), orientation));
            for square in [Square { x: 1, y: 2, size: 3 }, Square { x: 0, y: 0, size: 4 }, middle(seen.dimensions())] {
                let at = in_source(square, stored.dimensions(), orientation);
                let mut cut = stored.crop_imm(at.x, at.y, at.size, at.size);
                cut.apply_orientation(orientation);
                assert_eq!(cut, seen.crop_imm(square.x, square.y, square.size, square.size), "{code} {square:?}");
            }
        }
    }

    #[test]
    fn squares_must_lie_inside() {
        for (x, y, size) in [(0, 0, 0), (0, 0, 6), (6, 0, 2), (0, 3, 3), (u32::MAX, 0, 1), (0, 0, u32::MAX)] {
            assert!(!fits(Square { x, y, size }, (7, 5)), "{x} {y} {size}");
        }
        assert!(fits(Square { x: 2, y: 0, size: 5 }, (7, 5)));
    }

    #[test]
    fn what_is_transparent_becomes_white() {
        let picture = RgbaImage::from_fn(3, 1, |x, _| Rgba([200, 100, 0, (x * 127) as u8]));
        let whole = on_white(&picture);
        assert_eq!(whole.get_pixel(0, 0), &Rgb([255, 255, 255]));
        assert_eq!(whole.get_pixel(1, 0), &Rgb([228, 178, 128]));
        assert_eq!(whole.get_pixel(2, 0), &Rgb([200, 101, 1]));
    }
}
