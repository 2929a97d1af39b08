//! The client's half of WebSocket framing (RFC 6455): just what a Parvis client needs, written for speed.

/// Text frame.
pub const TEXT: u8 = 1;
/// Close frame; its payload begins with the code.
pub const CLOSE: u8 = 8;
/// Ping frame, to be answered with the same payload.
pub const PING: u8 = 9;
/// The answer to a ping.
pub const PONG: u8 = 10;

const MASK: [u8; 4] = [0x5a, 0xc3, 0x17, 0x9e];

/// One frame as found in the read buffer.
pub struct Frame<'a> {
    /// What kind of frame it is.
    pub opcode: u8,
    /// Its payload, in place.
    pub payload: &'a [u8],
    /// How many bytes of the buffer it took.
    pub taken: usize,
}

/// The first whole frame of `bytes`; `None` when more must be read. Servers never mask, and never fragment towards us.
#[inline]
pub fn parse(bytes: &[u8]) -> Option<Frame<'_>> {
    let (&first, &second) = (bytes.first()?, bytes.get(1)?);
    let (start, length) = match second & 0x7f {
        126 => (4, usize::from(u16::from_be_bytes([*bytes.get(2)?, *bytes.get(3)?]))),
        127 => {
            let wide: [u8; 8] = bytes.get(2..10)?.try_into().ok()?;
            (10, usize::try_from(u64::from_be_bytes(wide)).ok()?)
        }
        short => (2, usize::from(short)),
    };
    let taken = start + length;
    let payload = bytes.get(start..taken)?;
    Some(Frame { opcode: first & 0x0f, payload, taken })
}

/// Appends one masked client frame to `out`.
pub fn append(out: &mut Vec<u8>, opcode: u8, payload: &[u8]) {
    out.push(0x80 | opcode);
    match payload.len() {
        length @ 0..=125 => out.push(0x80 | length as u8),
        length @ 126..=0xffff => {
            out.push(0x80 | 126);
            out.extend_from_slice(&(length as u16).to_be_bytes());
        }
        length => {
            out.push(0x80 | 127);
            out.extend_from_slice(&(length as u64).to_be_bytes());
        }
    }
    out.extend_from_slice(&MASK);
    out.extend(payload.iter().zip(MASK.iter().cycle()).map(|(byte, mask)| byte ^ mask));
}

/// The request that turns a connection into a WebSocket.
pub fn upgrade(host: &str, path: &str) -> String {
    format!(
        "GET {path} HTTP/1.1\r\nHost: {host}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\
         Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn server_frame(payload: &[u8]) -> Vec<u8> {
        let mut masked = Vec::new();
        append(&mut masked, TEXT, payload);
        let header = masked.len() - payload.len() - 4;
        let mut out = masked[..header].to_vec();
        out[1] &= 0x7f;
        out.extend_from_slice(payload);
        out
    }

    #[test]
    fn frames_of_every_length_come_back_whole() {
        for length in [0, 1, 125, 126, 65_535, 65_536] {
            let payload = vec![b'x'; length];
            let bytes = server_frame(&payload);
            let frame = parse(&bytes).expect("whole");
            assert_eq!((frame.opcode, frame.payload.len(), frame.taken), (TEXT, length, bytes.len()));
        }
    }

    #[test]
    fn a_cut_frame_waits_for_the_rest() {
        let bytes = server_frame(&[b'y'; 300]);
        assert!((0..bytes.len()).all(|cut| parse(&bytes[..cut]).is_none()));
    }

    #[test]
    fn the_mask_is_undone_by_itself() {
        let mut out = Vec::new();
        append(&mut out, TEXT, b"hello");
        let body: Vec<u8> = out[6..].iter().zip(MASK.iter().cycle()).map(|(byte, mask)| byte ^ mask).collect();
        assert_eq!((out[1], body.as_slice()), (0x85, b"hello".as_slice()));
    }
}
