package dev.sinter.training.data.picture;

import com.drew.imaging.ImageMetadataReader;
import com.drew.imaging.ImageProcessingException;
import com.drew.metadata.exif.ExifIFD0Directory;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Objects;

/// How a picture lies in its file: cameras write the rows as the sensor has them and note which side is up.
///
/// Numbers: Exif 2.32 (CIPA DC-008), tag 0x0112; JPEG keeps it in APP1, PNG in eXIf.
enum Orientation {
    UPRIGHT,
    MIRRORED,
    UPSIDE_DOWN,
    UPSIDE_DOWN_MIRRORED,
    TRANSPOSED,
    LYING_LEFT,
    TRANSVERSED,
    LYING_RIGHT;

    /// That of an encoded picture; upright if it has no note, or one that makes no sense.
    static Orientation noted(byte[] file) throws IOException {
        try {
            return ImageMetadataReader.readMetadata(new ByteArrayInputStream(file))
                    .getDirectoriesOfType(ExifIFD0Directory.class)
                    .stream()
                    .map(notes -> notes.getInteger(ExifIFD0Directory.TAG_ORIENTATION))
                    .filter(Objects::nonNull)
                    .filter(number -> number >= 1 && number <= values().length)
                    .map(number -> values()[number - 1])
                    .findFirst()
                    .orElse(UPRIGHT);
        } catch (ImageProcessingException _) {
            // Damaged notes do no harm to the pixels.
            return UPRIGHT;
        }
    }

    /// The picture as it was seen.
    Pixels upright(Pixels lying) {
        if (this == UPRIGHT) {
            return lying;
        }
        int height = isOnItsSide() ? lying.width() : lying.height();
        int width = isOnItsSide() ? lying.height() : lying.width();
        int lastRow = lying.height() - 1;
        int lastColumn = lying.width() - 1;
        float[] planes = new float[lying.planes().length];
        int at = 0;
        for (int channel = 0; channel < lying.channels(); channel++) {
            for (int y = 0; y < height; y++) {
                for (int x = 0; x < width; x++) {
                    planes[at++] = switch (this) {
                        case UPRIGHT -> lying.at(channel, y, x);
                        case MIRRORED -> lying.at(channel, y, lastColumn - x);
                        case UPSIDE_DOWN -> lying.at(channel, lastRow - y, lastColumn - x);
                        case UPSIDE_DOWN_MIRRORED -> lying.at(channel, lastRow - y, x);
                        case TRANSPOSED -> lying.at(channel, x, y);
                        case LYING_LEFT -> lying.at(channel, lastRow - x, y);
                        case TRANSVERSED -> lying.at(channel, lastRow - x, lastColumn - y);
                        case LYING_RIGHT -> lying.at(channel, x, lastColumn - y);
                    };
                }
            }
        }
        return new Pixels(lying.channels(), height, width, planes);
    }

    private boolean isOnItsSide() {
        return compareTo(TRANSPOSED) >= 0;
    }
}
