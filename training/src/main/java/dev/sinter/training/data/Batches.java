package dev.sinter.training.data;

import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.Tensor;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// A dataset in batches of one size, as a compiled network has one batch size. Every batch can be asked for at any
/// time, so that a training goes on where it stopped.
///
/// Shuffled: an epoch is a random order that follows from seed and number of the epoch; what does not fill a last batch
/// is left out, which are others each time. In order: every epoch is the same, and the last batch is filled up with the
/// first examples again; [#count(int)] says how many of it count.
public final class Batches {
    private record Order(int epoch, int[] indices) {}

    private final Dataset data;
    private final int batch;
    private final boolean shuffled;
    private final long seed;
    private final Optional<Augmentation> augmentation;
    private volatile @Nullable Order last;

    private Batches(Dataset data, int batch, boolean shuffled, long seed, Optional<Augmentation> augmentation) {
        if (batch < 1) {
            throw new IllegalArgumentException("batch " + batch + " must be at least 1");
        }
        this.data = data;
        this.batch = batch;
        this.shuffled = shuffled;
        this.seed = seed;
        this.augmentation = augmentation;
    }

    /// For training.
    ///
    /// @throws CompileException if there are not enough examples for one batch
    public static Batches shuffled(Dataset data, int batch, long seed) {
        return shuffled(data, batch, seed, Optional.empty());
    }

    /// For training on examples that are changed a little, in each epoch in another way.
    ///
    /// @throws CompileException if there are not enough examples for one batch
    public static Batches shuffled(Dataset data, int batch, long seed, Optional<Augmentation> augmentation) {
        requireExamples(data, batch);
        return new Batches(data, batch, true, seed, augmentation);
    }

    /// For tests, which must see every example once.
    ///
    /// @throws CompileException if there are no examples
    public static Batches inOrder(Dataset data, int batch) {
        requireExamples(data, 1);
        return new Batches(data, batch, false, 0, Optional.empty());
    }

    private static void requireExamples(Dataset data, int least) {
        if (data.size() < least) {
            throw new CompileException(
                    Code.INPUT_DATA,
                    "dataset",
                    "has " + data.size() + " examples but one batch takes " + least,
                    least == 1 ? null : "take more examples, or a smaller batch");
        }
    }

    public int perEpoch() {
        return shuffled ? data.size() / batch : Math.ceilDiv(data.size(), batch);
    }

    /// How many examples of a batch are not there a second time to fill it up.
    public int count(int number) {
        Objects.checkIndex(number, perEpoch());
        return Math.min(batch, data.size() - number * batch);
    }

    /// Which examples a batch holds.
    public int[] indices(int epoch, int number) {
        Objects.checkIndex(number, perEpoch());
        int start = number * batch;
        int[] order = shuffled ? order(epoch) : null;
        return IntStream.range(start, start + batch)
                .map(i -> order == null ? i % data.size() : order[i])
                .toArray();
    }

    private int[] order(int epoch) {
        Order known = last;
        if (known == null || known.epoch() != epoch) {
            known = new Order(epoch, new RandomNumbers(seed, epoch).permutation(data.size()));
            last = known;
        }
        return known.indices();
    }

    /// Writes a batch into the caller's tensors.
    ///
    /// @param pictures `[batch, ...]`, as many numbers for each example as the dataset has
    /// @param targets `[batch, classes]`, becomes 1 where the class is the right one, else 0
    /// @throws CompileException if a tensor has another shape
    public void fill(int epoch, int number, Tensor pictures, Tensor targets) {
        long example = data.shape().elements();
        int classes = data.classes().size();
        Shape found = pictures.shape();
        if (found.rank() < 2 || found.dim(0) != batch || found.elements() != batch * example) {
            throw misfit("pictures", found, "[" + batch + ", ...] with " + example + " numbers for each example");
        }
        if (!targets.shape().equals(Shape.of(batch, classes))) {
            throw misfit("targets", targets.shape(), Shape.of(batch, classes) + ", a column for each class");
        }
        int[] indices = indices(epoch, number);
        // Examples may be drawn or turned when they are asked for, which takes longer than to compute with them.
        IntStream.range(0, batch).parallel().forEach(row -> {
            write(example(epoch, indices[row]), pictures, row * example);
            int label = data.label(indices[row]);
            for (int i = 0; i < classes; i++) {
                targets.set((long) row * classes + i, i == label ? 1 : 0);
            }
        });
    }

    private float[] example(int epoch, int index) {
        float[] values = data.example(index);
        if (augmentation.isEmpty()) {
            return values;
        }
        RandomNumbers random = new RandomNumbers(seed, (long) (epoch + 1) * data.size() + index);
        Shape shape = data.shape();
        return augmentation.get().apply(values, Math.toIntExact(shape.dim(1)), Math.toIntExact(shape.dim(2)), random);
    }

    private static void write(float[] values, Tensor pictures, long start) {
        for (int i = 0; i < values.length; i++) {
            pictures.set(start + i, values[i]);
        }
    }

    private static CompileException misfit(String which, Shape found, String expected) {
        return new CompileException(
                Code.INPUT_SHAPE, which, "the tensor is " + found + " but the batch takes " + expected, null);
    }
}
