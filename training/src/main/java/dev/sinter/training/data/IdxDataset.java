package dev.sinter.training.data;

import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.Tensor;
import dev.sinter.training.data.file.IdxReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Pictures and labels out of a pair of IDX files, as MNIST and its likes come: images `[N, H, W]` or `[N, H, W, C]`,
/// labels `[N]`, either plain or gzipped.
public final class IdxDataset implements Dataset {
    private final Tensor images;
    private final int[] labels;
    private final Shape shape;
    private final List<String> classes;

    private IdxDataset(Tensor images, int[] labels, Shape shape, List<String> classes) {
        this.images = images;
        this.labels = labels;
        this.shape = shape;
        this.classes = classes;
    }

    /// @param classes the names of the classes; a label is a place in this list
    /// @throws CompileException if a file is missing, damaged or of another form, if there are not as many labels as
    ///     images, or if a label has no class
    public static IdxDataset read(Path images, Path labels, List<String> classes) {
        Tensor pictures = IdxReader.read(images);
        Tensor numbers = IdxReader.read(labels);
        Shape shape = exampleShape(pictures, images);
        if (numbers.shape().rank() != 1) {
            throw fault(
                    labels,
                    "holds " + numbers.type() + " but labels have one dimension",
                    "is this the file with the images?");
        }
        if (numbers.shape().dim(0) != pictures.shape().dim(0)) {
            throw fault(
                    labels,
                    "holds " + numbers.shape().dim(0) + " labels but " + images + " holds "
                            + pictures.shape().dim(0) + " images",
                    "each image needs one label");
        }
        return new IdxDataset(pictures, checked(numbers, labels, classes.size()), shape, List.copyOf(classes));
    }

    private static Shape exampleShape(Tensor pictures, Path file) {
        Shape all = pictures.shape();
        if (all.rank() != 3 && all.rank() != 4) {
            throw fault(
                    file,
                    "holds " + pictures.type() + " but images have the dimensions [N,H,W] or [N,H,W,C]",
                    "is this the file with the labels?");
        }
        if (all.dims().contains(0L)) {
            throw fault(file, "holds " + pictures.type() + " but at least one image of one pixel is needed", null);
        }
        return Shape.of(all.rank() == 4 ? all.dim(3) : 1, all.dim(1), all.dim(2));
    }

    private static int[] checked(Tensor numbers, Path file, int classes) {
        long[] labels = numbers.toLongs();
        int[] checked = new int[labels.length];
        for (int i = 0; i < labels.length; i++) {
            if (labels[i] < 0 || labels[i] >= classes) {
                throw fault(
                        file,
                        "label " + i + " is " + labels[i] + " but the " + classes + " classes are 0 to "
                                + (classes - 1),
                        null);
            }
            checked[i] = (int) labels[i];
        }
        return checked;
    }

    private static CompileException fault(Path file, String fact, @Nullable String hint) {
        return new CompileException(Code.INPUT_DATA, file.toString(), fact, hint);
    }

    @Override
    public int size() {
        return labels.length;
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
        return labels[index];
    }

    @Override
    public float[] example(int index) {
        Objects.checkIndex(index, labels.length);
        float[] planes = new float[Math.toIntExact(shape.elements())];
        int channels = Math.toIntExact(shape.dim(0));
        int plane = planes.length / channels;
        long start = (long) index * planes.length;
        for (int i = 0; i < planes.length; i++) {
            planes[i % channels * plane + i / channels] = (float) images.get(start + i);
        }
        return planes;
    }
}
