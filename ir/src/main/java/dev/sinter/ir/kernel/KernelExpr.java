package dev.sinter.ir.kernel;

import dev.sinter.ir.expr.BinaryFunction;
import dev.sinter.ir.expr.Buffer;
import dev.sinter.ir.expr.Expr;
import dev.sinter.ir.expr.Index;
import dev.sinter.ir.expr.UnaryFunction;
import dev.sinter.ir.type.ElementType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/// A number that a kernel computes, from memory and registers. Where an [Expr] says what an element is, this says where
/// its operands lie; tensors and stages are gone.
public sealed interface KernelExpr {
    ElementType type();

    record Constant(double value, ElementType type) implements KernelExpr {}

    /// An element of a buffer, by offset in elements.
    record Load(Buffer buffer, Index offset) implements KernelExpr {
        @Override
        public ElementType type() {
            return buffer.element();
        }
    }

    /// An element of an array.
    ///
    /// @param coordinates one for each of its extents; along a ring not yet taken modulo
    record Element(KernelArray array, List<Index> coordinates) implements KernelExpr {
        public Element {
            coordinates = List.copyOf(coordinates);
        }

        @Override
        public ElementType type() {
            return array.element();
        }

        /// Where the element lies along each extent.
        public List<Index> places() {
            if (array.ring().isEmpty()) {
                return coordinates;
            }
            int ring = array.ring().getAsInt();
            List<Index> places = new ArrayList<>(coordinates);
            places.set(ring, coordinates.get(ring).modulo(array.extents().get(ring)));
            return places;
        }

        /// Its number in the array, row-major. A vector counts as one.
        public Index offset() {
            Index offset = Index.ZERO;
            List<Index> places = places();
            for (int axis = 0; axis < places.size(); axis++) {
                offset = offset.times(array.extents().get(axis)).plus(places.get(axis));
            }
            return offset;
        }

        Element mapCoordinates(UnaryOperator<Index> change) {
            return new Element(array, coordinates.stream().map(change).toList());
        }
    }

    record Unary(UnaryFunction function, KernelExpr operand) implements KernelExpr {
        @Override
        public ElementType type() {
            return operand.type();
        }
    }

    record Binary(BinaryFunction function, KernelExpr left, KernelExpr right) implements KernelExpr {
        public Binary {
            if (left.type() != right.type()) {
                throw new IllegalArgumentException(function + " of " + left.type() + " and " + right.type());
            }
        }

        @Override
        public ElementType type() {
            return left.type();
        }
    }

    /// left · right + addend, rounded once where the target can.
    record MultiplyAdd(KernelExpr left, KernelExpr right, KernelExpr addend) implements KernelExpr {
        @Override
        public ElementType type() {
            return addend.type();
        }
    }

    /// One of two values, by comparing two numbers; false where either is NaN. Both values are computed.
    record Select(Expr.Comparison comparison, KernelExpr left, KernelExpr right, KernelExpr then, KernelExpr otherwise)
            implements KernelExpr {
        @Override
        public ElementType type() {
            return then.type();
        }
    }

    /// `value` where lo ≤ index < hi, `otherwise` elsewhere; only that one is computed, which guards memory.
    record Within(Index index, long lo, long hi, KernelExpr value, KernelExpr otherwise) implements KernelExpr {
        @Override
        public ElementType type() {
            return value.type();
        }
    }

    record Cast(KernelExpr operand, ElementType type) implements KernelExpr {}

    /// An index as a number.
    record Position(Index index, ElementType type) implements KernelExpr {}

    static KernelExpr constant(double value, ElementType type) {
        return new Constant(value, type);
    }

    default KernelExpr plus(KernelExpr other) {
        return new Binary(BinaryFunction.ADD, this, other);
    }

    default KernelExpr minus(KernelExpr other) {
        return new Binary(BinaryFunction.SUBTRACT, this, other);
    }

    default KernelExpr times(KernelExpr other) {
        return new Binary(BinaryFunction.MULTIPLY, this, other);
    }

    default KernelExpr apply(UnaryFunction function) {
        return new Unary(function, this);
    }

    /// The expressions directly inside this one, in reading order.
    default List<KernelExpr> operands() {
        return switch (this) {
            case Constant _, Position _, Load _, Element _ -> List.of();
            case Unary(_, KernelExpr operand) -> List.of(operand);
            case Binary(_, KernelExpr left, KernelExpr right) -> List.of(left, right);
            case MultiplyAdd(KernelExpr left, KernelExpr right, KernelExpr addend) -> List.of(left, right, addend);
            case Select(_, KernelExpr left, KernelExpr right, KernelExpr then, KernelExpr otherwise) ->
                List.of(left, right, then, otherwise);
            case Within(_, _, _, KernelExpr value, KernelExpr otherwise) -> List.of(value, otherwise);
            case Cast(KernelExpr operand, _) -> List.of(operand);
        };
    }

    /// This expression with `change` applied to each of [#operands()].
    default KernelExpr mapOperands(UnaryOperator<KernelExpr> change) {
        return switch (this) {
            case Constant _, Position _, Load _, Element _ -> this;
            case Unary(UnaryFunction function, KernelExpr operand) -> new Unary(function, change.apply(operand));
            case Binary(BinaryFunction function, KernelExpr left, KernelExpr right) ->
                new Binary(function, change.apply(left), change.apply(right));
            case MultiplyAdd(KernelExpr left, KernelExpr right, KernelExpr addend) ->
                new MultiplyAdd(change.apply(left), change.apply(right), change.apply(addend));
            case Select(var comparison, KernelExpr left, KernelExpr right, KernelExpr then, KernelExpr otherwise) ->
                new Select(
                        comparison,
                        change.apply(left),
                        change.apply(right),
                        change.apply(then),
                        change.apply(otherwise));
            case Within(Index index, long lo, long hi, KernelExpr value, KernelExpr otherwise) ->
                new Within(index, lo, hi, change.apply(value), change.apply(otherwise));
            case Cast(KernelExpr operand, ElementType type) -> new Cast(change.apply(operand), type);
        };
    }

    /// This expression with `change` applied to every index in it, at any depth.
    default KernelExpr mapIndices(UnaryOperator<Index> change) {
        return switch (this) {
            case Position(Index index, ElementType type) -> new Position(change.apply(index), type);
            case Load(Buffer buffer, Index offset) -> new Load(buffer, change.apply(offset));
            case Element register -> register.mapCoordinates(change);
            case Within(Index index, long lo, long hi, KernelExpr value, KernelExpr otherwise) ->
                new Within(change.apply(index), lo, hi, value.mapIndices(change), otherwise.mapIndices(change));
            case Constant _, Unary _, Binary _, MultiplyAdd _, Select _, Cast _ ->
                mapOperands(operand -> operand.mapIndices(change));
        };
    }

    /// Calls `action` for this expression and everything inside it.
    default void forEach(Consumer<KernelExpr> action) {
        action.accept(this);
        operands().forEach(operand -> operand.forEach(action));
    }
}
