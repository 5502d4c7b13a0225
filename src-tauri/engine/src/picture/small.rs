//! Decoding what a person gave, within limits, and writing it anew.

use std::io::Cursor;

use image::imageops::FilterType;
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageError, ImageFormat, ImageReader, Limits};

use super::PictureError;

/// Pixels of the longer side: what popups draw on a screen of twice the usual density.
pub const SIDE: u32 = 96;
/// Pixels of a side that are still decoded: a photograph of a telephone.
pub(super) const MOST: u32 = 8_192;
/// Bytes of the decoded pixels: a photograph of 40 million.
const MOST_BYTES: u64 = 160 * 1024 * 1024;

/// What is decoded of a picture that a person chose.
pub(super) const CHOSEN: Most = Most { side: MOST, bytes: MOST_BYTES };
/// What is decoded of one that a server names: several may be at work at once.
pub(super) const NAMED: Most = Most { side: 2_048, bytes: 16 * 1024 * 1024 };

/// How much is decoded at most.
#[derive(Clone, Copy, Debug)]
pub(super) struct Most {
    /// Pixels of a side.
    side: u32,
    /// Bytes of the decoded pixels.
    bytes: u64,
}

/// Gives what a file holds as a small PNG.
pub(super) fn of(content: &[u8], most: Most) -> Result<Vec<u8>, PictureError> {
    let format = image::guess_format(content).map_err(|_| PictureError::NotAPicture)?;
    // Whatever else the library may be built to read.
    if !matches!(format, ImageFormat::Png | ImageFormat::Jpeg | ImageFormat::WebP) {
        return Err(PictureError::NotAPicture);
    }
    let (picture, orientation) = decode(content, format, most)?;
    let is_large = picture.width().max(picture.height()) > SIDE;
    let picture = if is_large { picture.resize(SIDE, SIDE, FilterType::Triangle) } else { picture };
    let mut upright = DynamicImage::from(picture.to_rgba8());
    upright.apply_orientation(orientation);
    let mut png = Cursor::new(Vec::new());
    upright.write_to(&mut png, ImageFormat::Png).map_err(|_| PictureError::NotAPicture)?;
    Ok(png.into_inner())
}

fn decode(
    content: &[u8],
    format: ImageFormat,
    most: Most,
) -> Result<(DynamicImage, Orientation), PictureError> {
    let mut reader = ImageReader::with_format(Cursor::new(content), format);
    let mut limits = Limits::default();
    limits.max_image_width = Some(most.side);
    limits.max_image_height = Some(most.side);
    limits.max_alloc = Some(most.bytes);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(refused)?;
    let (width, height) = decoder.dimensions();
    if width > most.side || height > most.side || decoder.total_bytes() > most.bytes {
        return Err(PictureError::TooLarge);
    }
    // A picture that doesn't say how it was held was held upright.
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    Ok((DynamicImage::from_decoder(decoder).map_err(refused)?, orientation))
}

#[expect(clippy::wildcard_enum_match_arm, reason = "the library's errors are an open list")]
fn refused(error: ImageError) -> PictureError {
    match error {
        ImageError::Limits(_) => PictureError::TooLarge,
        _ => PictureError::NotAPicture,
    }
}
