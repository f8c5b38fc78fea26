package dev.sinter.ir.op;

import dev.sinter.ir.diag.Code;
import dev.sinter.ir.expr.Access;
import dev.sinter.ir.expr.Axis;
import dev.sinter.ir.expr.Expr;
import dev.sinter.ir.expr.Index;
import dev.sinter.ir.expr.Stage;
import dev.sinter.ir.numeric.Rounding;
import dev.sinter.ir.numeric.TensorView;
import dev.sinter.ir.numeric.Winograd;
import dev.sinter.ir.reference.WinogradReference;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.TensorType;
import dev.sinter.ir.type.Window;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// A 3x3 convolution of stride 1 by Winograd's algorithm (see [Winograd]), in tiles of `tile` x `tile` outputs.
///
/// Inputs: x `[N, C, H, W]`, weights `[M, P, P, C]` that are transformed already (G g Gᵀ, P = tile + 2), optional bias
/// `[M]`; output `[N, M, E, F]`. x is zero outside.
public record WinogradConv(long tile, List<Long> pads) implements Op {
    public WinogradConv {
        pads = List.copyOf(pads);
    }

    @Override
    public String mnemonic() {
        return "winograd_conv";
    }

    private Optional<Winograd> find() {
        return Arrays.stream(Winograd.values())
                .filter(one -> one.tile() == tile)
                .findFirst();
    }

    /// The algorithm; there must be one for this tile.
    public Winograd algorithm() {
        return find().orElseThrow(() -> new IllegalStateException("no algorithm has tiles of " + tile));
    }

    /// The window of the convolution that it computes.
    public Window window() {
        List<Long> ones = List.of(1L, 1L);
        return new Window(List.of((long) Winograd.WINDOW, (long) Winograd.WINDOW), ones, pads, ones, false);
    }

    @Override
    public List<TensorType> infer(List<TensorType> inputs) {
        Checks.operands(this, inputs, 2, 3);
        Checks.floating(this, inputs);
        Checks.attribute(
                this,
                find().isPresent(),
                "tile " + tile + " must be one of "
                        + Arrays.stream(Winograd.values()).map(Winograd::tile).toList());
        TensorType x = inputs.get(0);
        TensorType w = inputs.get(1);
        Checks.rank(this, "input", x, 4, 4);
        Checks.rank(this, "weight", w, 4, 4);
        long outputs = w.shape().dim(0);
        long points = algorithm().points();
        Shape expected = Shape.of(outputs, points, points, x.shape().dim(1));
        if (!w.shape().equals(expected)) {
            throw Checks.fault(
                    Code.SHAPE_CHANNELS,
                    this,
                    "weight is " + w + " but " + x.withShape(expected) + " is expected for an input of "
                            + x.shape().dim(1) + " channels and tiles of " + tile,
                    "weights are transformed, outputs first, input channels last");
        }
        if (inputs.size() == 3) {
            Checks.vector(this, "bias", inputs.get(2), outputs);
        }
        return List.of(x.withShape(window().outputShape(mnemonic(), x.shape(), outputs)));
    }

    @Override
    public List<Stage> compute(Signature types, List<Access> inputs) {
        Tiles tiles = new Tiles(types);
        Stage product = product(inputs.get(0), inputs.get(1), tiles);
        Stage columns = outputColumns(product, tiles);
        List<Axis> axes = SpatialAxes.output(types.output().shape());
        Index row = Index.of(axes.get(2));
        Index column = Index.of(axes.get(3));
        Expr sum = tiles.output()
                .at(
                        column.modulo(tile),
                        point -> Access.of(columns)
                                .at(
                                        Index.of(axes.get(0)),
                                        row.modulo(tile),
                                        Index.of(point),
                                        row.dividedBy(tile),
                                        column.dividedBy(tile),
                                        Index.of(axes.get(1))));
        return List.of(Stage.map(
                "conv", axes, inputs.size() < 3 ? sum : sum.plus(inputs.get(2).at(Index.of(axes.get(1))))));
    }

    /// What the stages in tiles have in common: the axes are image, point of a tile down and across, tile down and
    /// across, channel.
    private final class Tiles {
        private final Shape output;
        private final Winograd algorithm = algorithm();

        private Tiles(Signature types) {
            output = types.output().shape();
        }

        LinearTransform input() {
            return new LinearTransform(algorithm.input());
        }

        LinearTransform output() {
            return new LinearTransform(algorithm.output());
        }

        List<Axis> axes(String down, long rows, String across, Axis channel) {
            return List.of(
                    new Axis("n", output.dim(0)),
                    new Axis(down, rows),
                    new Axis(across, algorithm.points()),
                    new Axis("th", Math.ceilDiv(output.dim(2), tile)),
                    new Axis("tw", Math.ceilDiv(output.dim(3), tile)),
                    channel);
        }
    }

    /// Bᵀ d: the rows of each tile of the input are combined.
    private Stage inputRows(Access x, Tiles tiles) {
        List<Axis> axes = tiles.axes(
                "a",
                tiles.algorithm.points(),
                "j",
                new Axis("ic", x.type().shape().dim(1)));
        Index top = Index.of(axes.get(3)).times(tile).plus(-pads.get(0));
        Index left = Index.of(axes.get(4)).times(tile).plus(-pads.get(1));
        Expr zero = Expr.constant(0, x.type().element());
        Expr rows = tiles.input()
                .at(
                        Index.of(axes.get(1)),
                        point -> x.atOr(
                                zero,
                                List.of(
                                        Index.of(axes.get(0)),
                                        Index.of(axes.get(5)),
                                        top.plus(point),
                                        left.plus(Index.of(axes.get(2))))));
        return Stage.map("winograd%d_rows".formatted(tile), axes, rows);
    }

    /// (Bᵀ d) B: then its columns.
    private Stage transformedInput(Access x, Tiles tiles) {
        Stage rows = inputRows(x, tiles);
        List<Axis> axes = tiles.axes(
                "a",
                tiles.algorithm.points(),
                "b",
                new Axis("ic", x.type().shape().dim(1)));
        Expr both =
                tiles.input().at(Index.of(axes.get(2)), point -> Access.of(rows).at(with(axes, 2, Index.of(point))));
        return Stage.map("winograd%d_input".formatted(tile), axes, both);
    }

    private Stage product(Access x, Access weights, Tiles tiles) {
        Stage input = transformedInput(x, tiles);
        Axis inputChannel = new Axis("ic", x.type().shape().dim(1));
        List<Axis> axes = tiles.axes("a", tiles.algorithm.points(), "b", new Axis("c", tiles.output.dim(1)));
        Expr value = Access.of(input).at(with(axes, 5, Index.of(inputChannel)));
        Expr weight =
                weights.at(Index.of(axes.get(5)), Index.of(axes.get(1)), Index.of(axes.get(2)), Index.of(inputChannel));
        return Stage.sum("winograd%d_product".formatted(tile), axes, List.of(inputChannel), value.times(weight));
    }

    /// Aᵀ m: the rows of each tile of products are combined; its columns are by the convolution itself.
    private Stage outputColumns(Stage product, Tiles tiles) {
        List<Axis> axes = tiles.axes("i", tile, "b", new Axis("c", tiles.output.dim(1)));
        Expr rows = tiles.output()
                .at(Index.of(axes.get(1)), point -> Access.of(product).at(with(axes, 1, Index.of(point))));
        return Stage.map("winograd%d_columns".formatted(tile), axes, rows);
    }

    private static List<Index> with(List<Axis> axes, int place, Index other) {
        List<Index> at = new ArrayList<>(axes.stream().map(Index::of).toList());
        at.set(place, other);
        return at;
    }

    @Override
    public Role role() {
        return Role.CONTRACTION;
    }

    @Override
    public Reach reach(Signature types) {
        return new Reach.Sliding(window());
    }

    /// What its transforms make of small integers is too large for the sums to be exact.
    @Override
    public Exactness exactness() {
        return Exactness.ROUNDED;
    }

    @Override
    public Rounding rounding(Rounding others) {
        return others.byWinograd(algorithm());
    }

    @Override
    public void evaluate(Rounding rounding, List<TensorView> inputs, List<TensorView> outputs) {
        WinogradReference.evaluate(algorithm(), window(), rounding, inputs, outputs);
    }
}
