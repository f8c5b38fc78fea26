package dev.sinter.cli.run;

import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.Value;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.Tensor;

/// Which part of an output belongs to which samples. An output of open extents belongs to all samples of a run.
///
/// @param perSample whether the first dimension is the batch; otherwise all of the output belongs to all samples
record OutputRows(Shape shape, boolean perSample) {
    /// @param found what a run made of it
    static OutputRows of(Graph graph, Value output, Tensor found, long batch) {
        return graph.isOpen(output) ? new OutputRows(found.shape(), false) : of(output, batch);
    }

    static OutputRows of(Value output, long batch) {
        Shape shape = output.type().shape();
        return new OutputRows(shape, shape.rank() > 0 && shape.dim(0) == batch);
    }

    /// The extents of one row; of all of the output if it has no rows.
    Shape row() {
        return perSample ? new Shape(shape.dims().subList(1, shape.rank())) : shape;
    }

    /// How many of the output's first elements the first `samples` samples have.
    long elements(long samples) {
        return perSample ? samples * row().elements() : shape.elements();
    }
}
