package dev.sinter.training.data.digits;

import dev.sinter.ir.type.Shape;
import dev.sinter.training.data.Dataset;
import dev.sinter.training.data.RandomNumbers;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/// Handwritten-like digits, `[1, 28, 28]`, from 0 (paper) to 255 (ink), in the form of MNIST's pictures, so that a
/// network trained on them reads those.
///
/// Each is drawn when it is asked for: a way to write the digit out of a catalogue of pen strokes, unsteadily, with a
/// random pen. An example depends on seed and index alone, to the bit and on every machine. Of each ten examples in a
/// row, from a multiple of ten on, every digit is one.
public final class DrawnDigits implements Dataset {
    private static final Shape SHAPE = Shape.of(1, Framing.SIDE, Framing.SIDE);
    private static final List<String> CLASSES =
            IntStream.range(0, 10).mapToObj(String::valueOf).toList();

    private final int size;
    private final long seed;

    /// @param size how many digits; the first ones are the same for every size
    public DrawnDigits(int size, long seed) {
        if (size < 1) {
            throw new IllegalArgumentException("size " + size + " must be at least 1");
        }
        this.size = size;
        this.seed = seed;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public Shape shape() {
        return SHAPE;
    }

    @Override
    public List<String> classes() {
        return CLASSES;
    }

    @Override
    public int label(int index) {
        Objects.checkIndex(index, size);
        int tens = index / CLASSES.size();
        return new RandomNumbers(seed, -1L - tens).permutation(CLASSES.size())[index % CLASSES.size()];
    }

    @Override
    public float[] example(int index) {
        RandomNumbers random = new RandomNumbers(seed, index);
        Style style = Styles.STANDARD.choose(label(index), random);
        Handwriting hand = Handwriting.random(random);
        Pen pen = Pen.random(random);
        List<List<Point>> lines = Framing.fit(hand.write(style, random), pen.reach());
        return Framing.centred(pen.draw(lines, Framing.BOX, random));
    }
}
