//! What becomes of pictures, large, odd and hostile.

use image::{DynamicImage, ImageFormat, Rgb, RgbImage, RgbaImage};
use proptest::prelude::*;
use tempfile::TempDir;

use super::*;

fn encoded(width: u32, height: u32, format: ImageFormat) -> Vec<u8> {
    let picture = RgbImage::from_fn(width, height, |x, y| Rgb([(x % 251) as u8, (y % 241) as u8, 90]));
    let mut content = io::Cursor::new(Vec::new());
    DynamicImage::from(picture).write_to(&mut content, format).unwrap();
    content.into_inner()
}

fn decoded(png: &[u8]) -> RgbaImage {
    image::load_from_memory_with_format(png, ImageFormat::Png).unwrap().into_rgba8()
}

fn sides(content: &[u8]) -> (u32, u32) {
    decoded(&small::of(content, small::CHOSEN).unwrap()).dimensions()
}

#[test]
fn pictures_of_each_kind_become_small_and_keep_their_shape() {
    for format in [ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::WebP] {
        assert_eq!(sides(&encoded(400, 200, format)), (96, 48), "{format:?}");
        assert_eq!(sides(&encoded(16, 16, format)), (16, 16), "{format:?}");
    }
    assert_eq!(sides(&encoded(4_000, 1, ImageFormat::Png)), (96, 1));
}

#[test]
fn nothing_but_the_pixels_is_kept() {
    let mut png = encoded(8, 8, ImageFormat::Png);
    let hidden = b"GIF89a<script>alert(1)</script>";
    png.extend_from_slice(hidden);
    let small = small::of(&png, small::CHOSEN).unwrap();
    assert!(!small.windows(hidden.len()).any(|window| window == hidden));
    assert_eq!(
        decoded(&small),
        decoded(&small::of(&encoded(8, 8, ImageFormat::Png), small::CHOSEN).unwrap())
    );
}

#[test]
fn a_photograph_stands_upright() {
    // EXIF in an APP1 segment: one entry, orientation (0x0112), 6: turned by a quarter.
    let exif = b"\xff\xe1\x00\x22Exif\0\0MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0";
    let mut jpeg = encoded(300, 100, ImageFormat::Jpeg);
    jpeg.splice(2..2, exif.iter().copied());
    assert_eq!(sides(&jpeg), (32, 96));
}

#[test]
fn what_is_too_large_or_no_picture_is_refused_before_it_is_decoded() {
    // A header alone that promises 60,000 by 60,000 pixels.
    let mut bomb = encoded(1, 1, ImageFormat::Png);
    bomb[16..24].copy_from_slice(&[0, 0, 0xea, 0x60, 0, 0, 0xea, 0x60]);
    let checksum = crc(&bomb[12..29]);
    bomb[29..33].copy_from_slice(&checksum.to_be_bytes());
    assert!(
        matches!(small::of(&bomb, small::CHOSEN), Err(PictureError::TooLarge)),
        "{:?}",
        small::of(&bomb, small::CHOSEN)
    );
    for other in ["", "<svg xmlns='http://www.w3.org/2000/svg'/>", "GIF89a\u{1}\0\u{1}\0", "BM", "\u{89}PNG"]
    {
        assert!(
            matches!(small::of(other.as_bytes(), small::CHOSEN), Err(PictureError::NotAPicture)),
            "{other:?}"
        );
    }
    let folder = TempDir::new().unwrap();
    assert!(matches!(read_small(folder.path()), Err(PictureError::NotAPicture)));
    assert!(matches!(read_small(&folder.path().join("none")), Err(PictureError::Unreadable(_))));
    let endless = folder.path().join("endless.png");
    File::create(&endless).unwrap().set_len(LONGEST_FILE + 1).unwrap();
    assert!(matches!(read_small(&endless), Err(PictureError::TooLarge)));
}

#[test]
fn what_a_server_names_is_decoded_within_closer_limits() {
    assert_eq!(sides(&encoded(2_000, 1_000, ImageFormat::Png)), (96, 48));
    assert!(of_stranger(&encoded(2_000, 1_000, ImageFormat::Png)).is_ok());
    for (width, height) in [(2_049, 1), (2_048, 2_048)] {
        let large = encoded(width, height, ImageFormat::Png);
        let taken = of_stranger(&large);
        assert_eq!(taken.is_ok(), (width, height) == (2_048, 2_048), "{width}x{height}: {taken:?}");
    }
}

/// The checksum of PNG's chunks (ISO 3309).
fn crc(bytes: &[u8]) -> u32 {
    let step = |crc: u32, byte: &u8| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| (crc >> 1) ^ (0xedb8_8320 * (crc & 1)))
    };
    !bytes.iter().fold(u32::MAX, step)
}

#[test]
fn an_album_keeps_what_feeds_name_and_shows_nothing_that_was_put_there() {
    let folder = TempDir::new().unwrap();
    let mut album = Album::open(folder.path(), std::iter::empty());
    let first = album.keep(&small::of(&encoded(200, 200, ImageFormat::Png), small::CHOSEN).unwrap()).unwrap();
    let other = album.keep(&small::of(&encoded(9, 200, ImageFormat::Png), small::CHOSEN).unwrap()).unwrap();
    assert!(first.url.starts_with("data:image/png;base64,iVBORw0KGgo"));
    let file = album.path(&other.name).unwrap();
    assert!(album.path("../settings").is_none());

    let names = || [first.name.as_str(), "../icons/x", "0"].into_iter();
    let album = Album::open(folder.path(), names());
    album.tidy();
    assert_eq!((album.url(&first.name), album.url(&other.name)), (Some(first.url.clone()), None));
    assert!(!file.exists(), "no feed has it");

    fs::write(album.path(&first.name).unwrap(), b"\x89PNG something else").unwrap();
    assert_eq!(Album::open(folder.path(), names()).url(&first.name), None);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn a_damaged_picture_is_small_or_refused(
        kind in 0..3_usize,
        at in prop::collection::vec((0..2_000_usize, any::<u8>()), 0..12),
        cut in 0..2_000_usize,
    ) {
        let mut content = encoded(40, 30, [ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::WebP][kind]);
        for (at, byte) in at {
            let at = at % content.len();
            content[at] = byte;
        }
        content.truncate(content.len().saturating_sub(cut % 40));
        if let Ok(png) = small::of(&content, small::CHOSEN) {
            let (width, height) = decoded(&png).dimensions();
            prop_assert!(width <= SIDE && height <= SIDE);
            prop_assert!((png.len() as u64) < LONGEST_PICTURE);
        }
    }
}
