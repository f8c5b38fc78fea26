package dev.sinter.ir.op;

import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.Excerpt;
import dev.sinter.ir.expr.Access;
import dev.sinter.ir.expr.Axis;
import dev.sinter.ir.expr.Expr;
import dev.sinter.ir.expr.Index;
import dev.sinter.ir.expr.Stage;
import dev.sinter.ir.numeric.Rounding;
import dev.sinter.ir.numeric.TensorView;
import dev.sinter.ir.reference.ColumnsReference;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.TensorType;
import dev.sinter.ir.type.Window;
import java.util.ArrayList;
import java.util.List;

/// Puts the columns that windows took from an image back where they were, and adds up where windows overlap.
///
/// Input: `[N, C · K, L]`, K being the window's points and L its positions, both in row-major order; output
/// `[N, C, D…]`, D being `extents`.
public record ColumnsToImage(Window window, List<Long> extents) implements Op {
    public ColumnsToImage {
        extents = List.copyOf(extents);
    }

    @Override
    public String mnemonic() {
        return "columns_to_image";
    }

    @Override
    public List<TensorType> infer(List<TensorType> inputs) {
        Checks.operands(this, inputs, 1, 1);
        TensorType columns = inputs.getFirst();
        Checks.numeric(this, inputs);
        Checks.rank(this, "input", columns, 3, 3);
        Checks.attribute(
                this,
                extents.size() == window.rank() && extents.stream().allMatch(extent -> extent >= 0),
                "extents " + Excerpt.of(extents) + " must be " + window.rank() + " that are not negative");
        Shape shape = columns.shape();
        Shape image = image(shape);
        long positions = positions(image).elements() / Math.max(1, image.dim(0) * image.dim(1));
        if (shape.dim(1) % window.points() != 0 || image.elements() > 0 && shape.dim(2) != positions) {
            throw Checks.fault(
                    Code.SHAPE_MISMATCH,
                    this,
                    "input has shape " + shape + " but windows of " + window.points() + " points over "
                            + Excerpt.of(extents) + " have " + positions + " positions",
                    "the input is [batch, channels x points, positions]");
        }
        return List.of(columns.withShape(image));
    }

    private Shape image(Shape columns) {
        List<Long> dims = new ArrayList<>(List.of(columns.dim(0), columns.dim(1) / window.points()));
        dims.addAll(extents);
        return new Shape(dims);
    }

    /// How many windows there are along each dimension, after batch and channels.
    private Shape positions(Shape image) {
        return window.outputShape(mnemonic(), image, image.dim(1));
    }

    @Override
    public List<Stage> compute(Signature types, List<Access> inputs) {
        Shape image = types.output().shape();
        Shape windows = positions(image);
        List<Axis> axes = Stage.axesOf(image, "i");
        List<Index> at = axes.stream().map(Index::of).toList();
        WindowCover cover = WindowCover.of(window, at, windows);
        Index position = Index.rowMajor(
                windows.dims().subList(2, windows.rank()), cover.outputs().subList(2, windows.rank()));
        Index row = at.get(1).times(window.points()).plus(cover.point());
        Expr column = inputs.getFirst().at(at.get(0), row, position);
        return List.of(Stage.sum(mnemonic(), axes, cover.reduction(), cover.guarded(column)));
    }

    @Override
    public Role role() {
        return Role.MOVEMENT;
    }

    /// It adds up what meets in one place.
    @Override
    public HalfPrecision inHalf(Signature types) {
        return HalfPrecision.STAYS;
    }

    @Override
    public Exactness exactness() {
        return Exactness.EXACT;
    }

    @Override
    public void evaluate(Rounding rounding, List<TensorView> inputs, List<TensorView> outputs) {
        ColumnsReference.evaluate(
                window, positions(outputs.getFirst().type().shape()), rounding, inputs.getFirst(), outputs.getFirst());
    }
}
