package dev.sinter.training.data;

import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.file.Failures;
import dev.sinter.ir.type.Shape;
import dev.sinter.training.data.picture.PictureFile;
import dev.sinter.training.data.picture.Pixels;
import dev.sinter.training.data.picture.Resampling;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Pictures in a folder that has one folder for each class, named like the class. The classes are in the order of their
/// names, and so are the pictures of a class.
///
/// All pictures are read once and kept in the wanted size, one byte a number, as a training asks for each many times.
public final class PictureFolderDataset implements Dataset {
    private record Example(byte[] pixels, int label) {}

    /// What became of one file; either is null.
    private record Outcome(
            @Nullable Example example, @Nullable CompileException complaint) {}

    private final Shape shape;
    private final List<String> classes;
    private final List<Example> examples;
    private final List<CompileException> complaints;

    private PictureFolderDataset(
            Shape shape, List<String> classes, List<Example> examples, List<CompileException> complaints) {
        this.shape = shape;
        this.classes = List.copyOf(classes);
        this.examples = List.copyOf(examples);
        this.complaints = List.copyOf(complaints);
    }

    /// @param shape what each picture becomes: channels (1: grey, 3: red, green, blue), height, width; it is stretched
    ///     if its proportions are others
    /// @throws CompileException if there is no such folder, if it has not at least two folders in it, or if one of
    ///     these has no picture that can be read. A picture that cannot be read is else left out: see [#complaints()]
    public static PictureFolderDataset read(Path folder, Shape shape) {
        if (shape.rank() != 3 || shape.dim(0) != 1 && shape.dim(0) != 3 || shape.elements() == 0) {
            throw new IllegalArgumentException("shape " + shape + " must be [1,H,W] or [3,H,W]");
        }
        List<Path> folders = classFolders(folder);
        List<Example> examples = new ArrayList<>();
        List<CompileException> complaints = new ArrayList<>();
        for (int label = 0; label < folders.size(); label++) {
            readClass(folders.get(label), label, shape, examples, complaints);
        }
        List<String> classes = folders.stream().map(PictureFolderDataset::name).toList();
        return new PictureFolderDataset(shape, classes, examples, complaints);
    }

    private static List<Path> classFolders(Path folder) {
        if (!Files.exists(folder)) {
            throw fault(Code.FILE_MISSING, folder, "there is no such folder", null);
        }
        if (!Files.isDirectory(folder)) {
            throw fault(Code.FILE_READ, folder, "is a file but a folder of pictures is expected", null);
        }
        List<Path> folders = folders(folder);
        if (folders.size() < 2) {
            String found = folders.isEmpty()
                    ? entries(folder).isEmpty() ? "is an empty folder" : "has no folders in it"
                    : "has the folder of one class, " + name(folders.getFirst()) + ",";
            throw fault(
                    Code.INPUT_DATA,
                    folder,
                    found + " but at least 2 classes are needed",
                    "put the pictures of each class into a folder of the class's name");
        }
        return folders;
    }

    private static void readClass(
            Path folder, int label, Shape shape, List<Example> examples, List<CompileException> complaints) {
        List<Path> files = entries(folder).stream()
                .filter(file -> PictureFile.isPicture(file) && !name(file).startsWith("."))
                .toList();
        if (files.isEmpty()) {
            throw fault(
                    Code.INPUT_DATA,
                    folder,
                    "has no pictures but each class needs at least one",
                    "a picture's name ends in one of " + String.join(" ", PictureFile.ENDINGS));
        }
        List<Outcome> outcomes = IntStream.range(0, files.size())
                .parallel()
                .mapToObj(i -> outcome(files.get(i), label, shape))
                .toList();
        int before = examples.size();
        for (Outcome outcome : outcomes) {
            if (outcome.example() != null) {
                examples.add(outcome.example());
            }
            if (outcome.complaint() != null) {
                complaints.add(outcome.complaint());
            }
        }
        if (examples.size() == before) {
            throw fault(
                    Code.INPUT_DATA,
                    folder,
                    "none of the pictures in it (" + files.size() + ") can be read but each class needs at least one",
                    complaints.getLast().where() + " " + complaints.getLast().fact());
        }
    }

    private static Outcome outcome(Path file, int label, Shape shape) {
        try {
            Pixels picture = PictureFile.read(file).withChannels(Math.toIntExact(shape.dim(0)));
            Pixels sized = Resampling.resize(picture, Math.toIntExact(shape.dim(1)), Math.toIntExact(shape.dim(2)));
            byte[] pixels = new byte[sized.planes().length];
            for (int i = 0; i < pixels.length; i++) {
                pixels[i] = (byte) Math.clamp(Math.round(sized.planes()[i]), 0, 255);
            }
            return new Outcome(new Example(pixels, label), null);
        } catch (CompileException complaint) {
            return new Outcome(null, complaint);
        }
    }

    /// The folders in a folder, but for hidden ones, in the order of their names.
    ///
    /// @throws CompileException if it cannot be read
    public static List<Path> folders(Path folder) {
        return entries(folder).stream()
                .filter(entry -> Files.isDirectory(entry) && !name(entry).startsWith("."))
                .toList();
    }

    /// All that is in a folder, in the order of the names.
    ///
    /// @throws CompileException if it cannot be read
    public static List<Path> entries(Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.sorted().toList();
        } catch (IOException failure) {
            throw new CompileException(
                    Code.FILE_READ, folder.toString(), "cannot be read: " + Failures.reason(failure), null, failure);
        }
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }

    private static CompileException fault(Code code, Path file, String fact, @Nullable String hint) {
        return new CompileException(code, file.toString(), fact, hint);
    }

    /// What is wrong with the pictures that were left out.
    public List<CompileException> complaints() {
        return complaints;
    }

    @Override
    public int size() {
        return examples.size();
    }

    @Override
    public Shape shape() {
        return shape;
    }

    @Override
    public List<String> classes() {
        return classes;
    }

    @Override
    public int label(int index) {
        return examples.get(index).label();
    }

    @Override
    public float[] example(int index) {
        byte[] pixels = examples.get(index).pixels();
        float[] values = new float[pixels.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = pixels[i] & 0xff;
        }
        return values;
    }
}
