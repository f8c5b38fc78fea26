package dev.sinter.cli.quantize;

import dev.sinter.cli.file.PathText;
import dev.sinter.cli.input.Feeds;
import dev.sinter.cli.input.Preparation;
import dev.sinter.cli.run.Labels;
import dev.sinter.cli.train.DataSource;
import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.file.Failures;
import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.Tensor;
import dev.sinter.training.data.Dataset;
import dev.sinter.training.data.picture.PictureFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/// What is fed to a network, and to which class each sample belongs, if that is known.
///
/// @param labels names that are known stay in it
public record LabelledFeeds(Feeds feeds, Labels labels) {
    /// @param texts what `run` takes as inputs; or one that `train` takes as data: a folder with a folder of pictures
    ///     for each class, a folder with IDX files, or digits that are drawn
    /// @param seed of what is drawn
    /// @throws CompileException if a file is missing, damaged or does not fit
    public static LabelledFeeds of(Graph graph, List<String> texts, Labels labels, Preparation preparation, long seed) {
        if (texts.size() > 1 || labels.truth().isPresent()) {
            return new LabelledFeeds(Feeds.of(graph, texts, preparation), labels);
        }
        String text = texts.getFirst();
        DataSource source = new DataSource(text);
        if (source.isDrawn()) {
            Dataset digits = source.digits(seed);
            long[] truth = LongStream.range(0, digits.size())
                    .map(i -> digits.label((int) i))
                    .toArray();
            return new LabelledFeeds(Feeds.of(graph, digits, text, preparation), with(labels, truth));
        }
        Path path = PathText.parse(text);
        if (Files.isDirectory(path)) {
            Optional<Path> images = DataSource.imagesIn(path);
            if (images.isPresent()) {
                Labels read = Labels.read(List.of(DataSource.labelsOf(images.get())));
                Feeds feeds = Feeds.of(graph, List.of(images.get().toString()), preparation);
                return new LabelledFeeds(feeds, new Labels(labels.names(), read.truth()));
            }
            List<Path> classes = classFolders(path);
            if (classes.size() > 1) {
                return ofFolders(graph, classes, labels, preparation);
            }
        }
        return new LabelledFeeds(Feeds.of(graph, texts, preparation), labels);
    }

    private static Labels with(Labels labels, long[] truth) {
        return new Labels(labels.names(), Optional.of(Tensor.ofLongs(Shape.of(truth.length), truth)));
    }

    /// The folders of pictures in a folder that holds none itself, in the order of their names.
    private static List<Path> classFolders(Path folder) {
        try (Stream<Path> listed = Files.list(folder)) {
            List<Path> entries = listed.sorted().toList();
            return entries.stream().anyMatch(PictureFile::isPicture)
                    ? List.of()
                    : entries.stream()
                            .filter(entry ->
                                    Files.isDirectory(entry) && !name(entry).startsWith("."))
                            .toList();
        } catch (IOException failure) {
            throw new CompileException(
                    Code.FILE_READ, folder.toString(), "cannot be read: " + Failures.reason(failure), null, failure);
        }
    }

    private static LabelledFeeds ofFolders(Graph graph, List<Path> folders, Labels labels, Preparation preparation) {
        List<Long> truth = new ArrayList<>();
        for (int label = 0; label < folders.size(); label++) {
            long own = classOf(folders.get(label), label, labels);
            long count = Feeds.of(graph, List.of(folders.get(label).toString()), preparation)
                    .count();
            LongStream.range(0, count).forEach(_ -> truth.add(own));
        }
        Feeds feeds = Feeds.of(graph, folders.stream().map(Path::toString).toList(), preparation);
        return new LabelledFeeds(
                feeds, with(labels, truth.stream().mapToLong(Long::longValue).toArray()));
    }

    /// The class of that name; where names are not known, classes are in the order of their folders, as in a training.
    private static long classOf(Path folder, int place, Labels labels) {
        if (labels.names().isEmpty()) {
            return place;
        }
        int found = labels.names().get().indexOf(name(folder));
        if (found < 0) {
            throw new CompileException(
                    Code.INPUT_DATA,
                    folder.toString(),
                    "is the folder of a class that --labels does not name",
                    "a folder of pictures is called as its class is in that file");
        }
        return found;
    }

    private static String name(Path path) {
        return String.valueOf(path.getFileName());
    }
}
