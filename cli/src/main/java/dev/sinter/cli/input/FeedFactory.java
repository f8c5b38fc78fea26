package dev.sinter.cli.input;

import dev.sinter.cli.file.NpyReader;
import dev.sinter.frontend.onnx.OnnxTensors;
import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.Tensor;
import dev.sinter.training.data.file.IdxReader;
import dev.sinter.training.data.picture.PictureFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Makes feeds from files, by what kind of file each is.
///
/// @param input the input that they are for
record FeedFactory(SampleInput input, Preparation preparation) {
    /// @throws CompileException if the file is of no known kind, damaged, or does not fit the input
    Feed feed(Path path) {
        if (Files.isDirectory(path)) {
            return folder(path);
        }
        if (PictureFile.isPicture(path)) {
            return new PictureFeed(List.of(path), input, preparation);
        }
        String name = String.valueOf(path.getFileName());
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.endsWith(".npy")) {
            return ArrayFeed.of(NpyReader.read(path), name, input, preparation);
        }
        if (lower.endsWith(".pb")) {
            return ArrayFeed.of(OnnxTensors.read(path), name, input, preparation);
        }
        if (IdxReader.isIdx(path)) {
            return idx(IdxReader.read(path), name);
        }
        throw new CompileException(
                Code.INPUT_DATA,
                path.toString(),
                "is no known kind of input",
                "known are folders of pictures, " + String.join(" ", PictureFile.ENDINGS)
                        + ", .npy arrays, .pb tensors of ONNX, and IDX files, gzipped or not");
    }

    private Feed folder(Path folder) {
        List<Path> entries = InputPath.entries(folder);
        List<Path> pictures = entries.stream().filter(PictureFile::isPicture).toList();
        if (pictures.isEmpty()) {
            throw new CompileException(
                    Code.INPUT_DATA,
                    folder.toString(),
                    entries.isEmpty() ? "is an empty folder" : "is a folder without pictures",
                    "a picture's name ends in one of " + String.join(" ", PictureFile.ENDINGS));
        }
        return new PictureFeed(pictures, input, preparation);
    }

    /// Images for a network that takes pictures; otherwise rows of numbers.
    private Feed idx(Tensor array, String name) {
        Shape shape = array.shape();
        Optional<PixelShape> pixels = input.pixels().filter(_ -> ImageArrayFeed.accepts(shape));
        if (pixels.isPresent()) {
            return new ImageArrayFeed(array, name, input, pixels.get(), preparation);
        }
        return ArrayFeed.ofRows(array, name, input, preparation)
                .orElseThrow(() -> ArrayFeed.misfit(array, name, input, input.rowShape()));
    }
}
