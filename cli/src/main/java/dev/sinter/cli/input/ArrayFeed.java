package dev.sinter.cli.input;

import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.type.ElementType;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/// The rows of an array, each one sample; or an array that is one sample as a whole.
final class ArrayFeed implements Feed {
    private final Tensor array;
    private final String name;
    private final SampleInput input;
    private final Normalisation normalisation;
    private final long count;
    private final long channels;
    /// How many elements of a sample lie between those of one channel and of the next.
    private final long channelStride;
    private final ArrayLayout order;
    private final boolean transposed;

    private ArrayFeed(Tensor array, String name, SampleInput input, Preparation preparation, long count) {
        this.array = array;
        this.name = name;
        this.input = input;
        this.normalisation = preparation.normalisation();
        this.count = count;
        Optional<PixelShape> pixels = input.pixels();
        this.channels = pixels.map(PixelShape::channels).orElse(1);
        this.order = pixels.map(PixelShape::order).orElse(ArrayLayout.NCHW);
        this.channelStride = switch (order) {
            case NCHW -> input.shape().elements() / channels;
            case NHWC -> 1;
        };
        this.transposed = isTransposed(pixels, preparation);
        normalisation.requireChannels(input.name(), Math.toIntExact(channels));
        requireElements();
    }

    /// @param name what reports call the array, as a rule its file
    /// @throws CompileException if the array does not fit the input
    static ArrayFeed of(Tensor array, String name, SampleInput input, Preparation preparation) {
        Shape row = rowOf(input, preparation);
        List<Long> dims = array.shape().dims();
        if (dims.equals(row.dims())) {
            return new ArrayFeed(array, name, input, preparation, 1);
        }
        boolean rows = input.batched()
                && array.shape().rank() == row.rank() + 1
                && dims.subList(1, dims.size()).equals(row.dims());
        if (!rows) {
            throw misfit(array, name, input, row);
        }
        return new ArrayFeed(array, name, input, preparation, array.shape().dim(0));
    }

    /// As above, for files that hold rows of numbers whatever the network makes of them: `[N,28,28]` fits `[N,784]`.
    static Optional<ArrayFeed> ofRows(Tensor array, String name, SampleInput input, Preparation preparation) {
        Shape row = input.rowShape();
        boolean fits = input.batched()
                && array.shape().rank() > 0
                && array.shape().elements() == array.shape().dim(0) * row.elements();
        return fits
                ? Optional.of(new ArrayFeed(
                        array, name, input, preparation, array.shape().dim(0)))
                : Optional.empty();
    }

    private static Shape rowOf(SampleInput input, Preparation preparation) {
        Shape row = input.rowShape();
        Optional<PixelShape> pixels = input.pixels();
        if (!isTransposed(pixels, preparation) || row.rank() != 3) {
            return row;
        }
        PixelShape shape = pixels.orElseThrow();
        return switch (shape.order()) {
            case NCHW -> Shape.of(shape.height(), shape.width(), shape.channels());
            case NHWC -> Shape.of(shape.channels(), shape.height(), shape.width());
        };
    }

    private static boolean isTransposed(Optional<PixelShape> pixels, Preparation preparation) {
        return pixels.isPresent()
                && preparation.arrays().isPresent()
                && preparation.arrays().get() != pixels.get().order();
    }

    static CompileException misfit(Tensor array, String name, SampleInput input, Shape row) {
        List<String> wanted = new ArrayList<>();
        if (input.batched()) {
            wanted.add(
                    "[N" + row.dims().stream().map(dim -> "," + dim).collect(Collectors.joining()) + "] for N samples");
        }
        wanted.add(row + (input.batched() ? " for one" : ""));
        return new CompileException(
                Code.INPUT_SHAPE,
                input.name(),
                name + " holds " + array.type() + " but the input takes " + String.join(" or ", wanted),
                layoutHint(array.shape(), input).orElse(null));
    }

    /// The option that is missing if the array has its channels on the other side.
    private static Optional<String> layoutHint(Shape array, SampleInput input) {
        return input.pixels()
                .map(pixels -> pixels.order() == ArrayLayout.NCHW ? ArrayLayout.NHWC : ArrayLayout.NCHW)
                .filter(other -> {
                    List<Long> row =
                            rowOf(input, Preparation.NONE.withArrays(other)).dims();
                    List<Long> found = array.dims();
                    return found.size() >= row.size()
                            && found.subList(found.size() - row.size(), found.size())
                                    .equals(row);
                })
                .map(other -> "--layout " + other + " says that arrays lie so");
    }

    private void requireElements() {
        ElementType found = array.type().element();
        boolean cut = found.isFloating() && !input.element().isFloating();
        boolean truth = (found == ElementType.BOOL) != (input.element() == ElementType.BOOL)
                && !input.element().isFloating();
        if (cut || truth) {
            throw new CompileException(
                    Code.INPUT_TYPE,
                    input.name(),
                    name + " holds " + found + " but the input takes " + input.element(),
                    "save array.astype('" + input.element().name().toLowerCase(Locale.ROOT) + "')");
        }
        if (!input.element().isFloating() && !normalisation.changesNothing()) {
            throw new CompileException(
                    Code.OPTION,
                    input.name(),
                    "--scale, --mean and --std make fractions but the input takes " + input.element(),
                    null);
        }
    }

    @Override
    public long count() {
        return count;
    }

    @Override
    public String label(long i) {
        return count == 1 ? name : name + "[" + i + "]";
    }

    @Override
    public Tensor sample(long i) {
        long elements = input.shape().elements();
        long width = array.type().element().bytes();
        Tensor raw = Tensor.of(
                array.type().withShape(input.shape()), array.data().asSlice(i * elements * width, elements * width));
        if (normalisation.changesNothing() && !transposed && array.type().element() == input.element()) {
            return raw;
        }
        Tensor sample = Tensor.allocate(input.sample());
        for (long to = 0; to < elements; to++) {
            long from = transposed ? other(to, elements) : to;
            if (input.element().isFloating()) {
                sample.set(to, normalisation.apply(raw.get(from), channel(to)));
            } else {
                sample.setLong(to, raw.getLong(from));
                requireKept(raw.getLong(from), sample.getLong(to), i);
            }
        }
        return sample;
    }

    private void requireKept(long value, long stored, long i) {
        if (stored != value) {
            throw new CompileException(
                    Code.INPUT_DATA, label(i), "holds " + value + ", which is no " + input.element(), null);
        }
    }

    private int channel(long i) {
        return (int) (i / channelStride % channels);
    }

    /// Where the element lies in the array whose channels stand on the other side.
    private long other(long to, long elements) {
        long plane = elements / channels;
        return switch (order) {
            case NCHW -> to % plane * channels + to / plane;
            case NHWC -> to % channels * plane + to / channels;
        };
    }
}
