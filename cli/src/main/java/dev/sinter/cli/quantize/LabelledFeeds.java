package dev.sinter.cli.quantize;

import dev.sinter.cli.file.PathText;
import dev.sinter.cli.input.Feeds;
import dev.sinter.cli.input.Preparation;
import dev.sinter.cli.run.Labels;
import dev.sinter.cli.train.DataSource;
import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.Tensor;
import dev.sinter.training.data.Dataset;
import dev.sinter.training.data.PictureFolderDataset;
import dev.sinter.training.data.picture.PictureFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/// What is fed to a network, and to which class each sample belongs, if that is known.
///
/// @param labels names that are known stay in it
public record LabelledFeeds(Feeds feeds, Labels labels) {
    /// @param option the option that `texts` are of, which messages name
    /// @param texts what `run` takes as inputs; or one that `train` takes as data: a folder with a folder of pictures
    ///     for each class, a folder with IDX files, or digits that are drawn
    /// @param seed of what is drawn
    /// @throws CompileException if a file is missing, damaged or does not fit
    public static LabelledFeeds of(
            Graph graph, String option, List<String> texts, Labels labels, Preparation preparation, long seed) {
        if (texts.size() > 1 || labels.truth().isPresent()) {
            return new LabelledFeeds(Feeds.of(graph, texts, preparation, option), labels);
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
                Feeds feeds = Feeds.of(graph, List.of(images.get().toString()), preparation, option);
                Optional<Tensor> truth = DataSource.findLabels(images.get())
                        .flatMap(file -> Labels.read(List.of(file)).truth());
                return new LabelledFeeds(feeds, new Labels(labels.names(), truth));
            }
            List<Path> classes = classFolders(path);
            if (classes.size() > 1) {
                return ofFolders(graph, option, classes, labels, preparation);
            }
        }
        return new LabelledFeeds(Feeds.of(graph, texts, preparation, option), labels);
    }

    private static Labels with(Labels labels, long[] truth) {
        return new Labels(labels.names(), Optional.of(Tensor.ofLongs(Shape.of(truth.length), truth)));
    }

    /// The folders in a folder that holds no pictures itself, in the order of their names.
    private static List<Path> classFolders(Path folder) {
        return PictureFolderDataset.entries(folder).stream().anyMatch(PictureFile::isPicture)
                ? List.of()
                : PictureFolderDataset.folders(folder);
    }

    private static LabelledFeeds ofFolders(
            Graph graph, String option, List<Path> folders, Labels labels, Preparation preparation) {
        List<Long> truth = new ArrayList<>();
        for (int label = 0; label < folders.size(); label++) {
            long own = classOf(folders.get(label), label, labels);
            long count = Feeds.of(graph, List.of(folders.get(label).toString()), preparation, option)
                    .count();
            LongStream.range(0, count).forEach(_ -> truth.add(own));
        }
        Feeds feeds = Feeds.of(graph, folders.stream().map(Path::toString).toList(), preparation, option);
        return new LabelledFeeds(
                feeds, with(labels, truth.stream().mapToLong(Long::longValue).toArray()));
    }

    /// The class of that name; where names are not known, classes are in the order of their folders, as in a training.
    private static long classOf(Path folder, int place, Labels labels) {
        if (labels.names().isEmpty()) {
            return place;
        }
        int found = labels.names().get().indexOf(String.valueOf(folder.getFileName()));
        if (found < 0) {
            throw new CompileException(
                    Code.INPUT_DATA,
                    folder.toString(),
                    "is the folder of a class that --labels does not name",
                    "a folder of pictures is called as its class is in that file");
        }
        return found;
    }
}
