package dev.sinter.ir.expr;

import dev.sinter.ir.type.TensorType;
import java.util.List;

/// How an operator reads an input without knowing whether it lies in memory or is computed in the same group.
public interface Access {
    TensorType type();

    /// The element at logical coordinates, one per dimension, all inside the shape.
    Expr at(List<Index> coordinates);

    default Expr at(Index... coordinates) {
        return at(List.of(coordinates));
    }

    /// The element at `coordinates`, or `otherwise` where a coordinate lies outside the shape.
    default Expr atOr(Expr otherwise, List<Index> coordinates) {
        Expr value = at(coordinates);
        for (int axis = coordinates.size() - 1; axis >= 0; axis--) {
            Index index = coordinates.get(axis);
            long extent = type().shape().dim(axis);
            if (!index.range().isWithin(0, extent)) {
                value = new Expr.Within(index, 0, extent, value, otherwise);
            }
        }
        return value;
    }

    /// The element that NumPy's broadcasting to an output of rank `coordinates.size()` reads.
    default Expr broadcastAt(List<Index> coordinates) {
        int skipped = coordinates.size() - type().shape().rank();
        List<Index> own = new java.util.ArrayList<>();
        for (int axis = 0; axis < type().shape().rank(); axis++) {
            own.add(type().shape().dim(axis) == 1 ? Index.ZERO : coordinates.get(axis + skipped));
        }
        return at(own);
    }

    static Access of(Source source) {
        return new Access() {
            @Override
            public TensorType type() {
                return source.type();
            }

            @Override
            public Expr at(List<Index> coordinates) {
                return new Expr.Read(source, coordinates);
            }
        };
    }

    static Access of(Stage stage) {
        return new Access() {
            @Override
            public TensorType type() {
                return stage.tensorType();
            }

            @Override
            public Expr at(List<Index> coordinates) {
                return new Expr.Call(stage, coordinates);
            }
        };
    }
}
