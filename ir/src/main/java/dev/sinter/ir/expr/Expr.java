package dev.sinter.ir.expr;

import dev.sinter.ir.type.ElementType;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/// A number computed from others: what an element of a tensor is, in terms of elements of other tensors and stages.
///
/// What may stand where: [State] in the update, combine and finish of an accumulator; [Bound] once other stages are
/// inlined; all others everywhere. [Within] guards memory: its value is not evaluated where the condition is false.
public sealed interface Expr {
    ElementType type();

    record Constant(double value, ElementType type) implements Expr {}

    /// An element of a tensor in memory, by logical coordinates.
    record Read(Source source, List<Index> coordinates) implements Expr {
        public Read {
            coordinates = List.copyOf(coordinates);
        }

        @Override
        public ElementType type() {
            return source.type().element();
        }
    }

    /// An element of another stage of the group.
    record Call(Stage stage, List<Index> coordinates) implements Expr {
        public Call {
            coordinates = List.copyOf(coordinates);
        }

        @Override
        public ElementType type() {
            return stage.type();
        }
    }

    /// The accumulator of a reduction, by its place in the state tuple; `other` marks the second state of a combine.
    record State(int slot, boolean other, ElementType type) implements Expr {}

    /// A value that is computed elsewhere, once.
    record Bound(Binding binding) implements Expr {
        @Override
        public ElementType type() {
            return binding.type();
        }
    }

    record Unary(UnaryFunction function, Expr operand) implements Expr {
        @Override
        public ElementType type() {
            return operand.type();
        }
    }

    record Binary(BinaryFunction function, Expr left, Expr right) implements Expr {
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
    record MultiplyAdd(Expr left, Expr right, Expr addend) implements Expr {
        @Override
        public ElementType type() {
            return addend.type();
        }
    }

    /// One of two values, by comparing two numbers; false where either is NaN.
    record Select(Comparison comparison, Expr left, Expr right, Expr then, Expr otherwise) implements Expr {
        @Override
        public ElementType type() {
            return then.type();
        }
    }

    /// How [Select] compares.
    enum Comparison {
        LESS,
        LESS_EQUAL,
        EQUAL
    }

    /// `value` where lo ≤ index < hi, `otherwise` elsewhere: padding, and pieces of a concatenation.
    record Within(Index index, long lo, long hi, Expr value, Expr otherwise) implements Expr {
        @Override
        public ElementType type() {
            return value.type();
        }
    }

    record Cast(Expr operand, ElementType type) implements Expr {}

    /// An index as a number.
    record Position(Index index, ElementType type) implements Expr {}

    static Expr constant(double value, ElementType type) {
        return new Constant(value, type);
    }

    default Expr plus(Expr other) {
        return new Binary(BinaryFunction.ADD, this, other);
    }

    default Expr minus(Expr other) {
        return new Binary(BinaryFunction.SUBTRACT, this, other);
    }

    default Expr times(Expr other) {
        return new Binary(BinaryFunction.MULTIPLY, this, other);
    }

    default Expr dividedBy(Expr other) {
        return new Binary(BinaryFunction.DIVIDE, this, other);
    }

    default Expr max(Expr other) {
        return new Binary(BinaryFunction.MAX, this, other);
    }

    default Expr min(Expr other) {
        return new Binary(BinaryFunction.MIN, this, other);
    }

    default Expr power(Expr other) {
        return new Binary(BinaryFunction.POWER, this, other);
    }

    default Expr apply(UnaryFunction function) {
        return new Unary(function, this);
    }

    /// The expressions directly inside this one, in reading order.
    default List<Expr> operands() {
        return switch (this) {
            case Constant _, Read _, Call _, State _, Bound _, Position _ -> List.of();
            case Unary(_, Expr operand) -> List.of(operand);
            case Binary(_, Expr left, Expr right) -> List.of(left, right);
            case MultiplyAdd(Expr left, Expr right, Expr addend) -> List.of(left, right, addend);
            case Select(_, Expr left, Expr right, Expr then, Expr otherwise) -> List.of(left, right, then, otherwise);
            case Within(_, _, _, Expr value, Expr otherwise) -> List.of(value, otherwise);
            case Cast(Expr operand, _) -> List.of(operand);
        };
    }

    /// This expression with `change` applied to each of [#operands()].
    default Expr mapOperands(UnaryOperator<Expr> change) {
        return switch (this) {
            case Constant _, Read _, Call _, State _, Bound _, Position _ -> this;
            case Unary(UnaryFunction function, Expr operand) -> new Unary(function, change.apply(operand));
            case Binary(BinaryFunction function, Expr left, Expr right) ->
                new Binary(function, change.apply(left), change.apply(right));
            case MultiplyAdd(Expr left, Expr right, Expr addend) ->
                new MultiplyAdd(change.apply(left), change.apply(right), change.apply(addend));
            case Select(Comparison comparison, Expr left, Expr right, Expr then, Expr otherwise) ->
                new Select(
                        comparison,
                        change.apply(left),
                        change.apply(right),
                        change.apply(then),
                        change.apply(otherwise));
            case Within(Index index, long lo, long hi, Expr value, Expr otherwise) ->
                new Within(index, lo, hi, change.apply(value), change.apply(otherwise));
            case Cast(Expr operand, ElementType type) -> new Cast(change.apply(operand), type);
        };
    }

    /// This expression with `change` applied to every index in it, at any depth.
    default Expr mapIndices(UnaryOperator<Index> change) {
        return switch (this) {
            case Read(Source source, List<Index> coordinates) -> new Read(source, map(coordinates, change));
            case Call(Stage stage, List<Index> coordinates) -> new Call(stage, map(coordinates, change));
            case Position(Index index, ElementType type) -> new Position(change.apply(index), type);
            case Within(Index index, long lo, long hi, Expr value, Expr otherwise) ->
                new Within(change.apply(index), lo, hi, value.mapIndices(change), otherwise.mapIndices(change));
            case Constant _, State _, Bound _, Unary _, Binary _, MultiplyAdd _, Select _, Cast _ ->
                mapOperands(operand -> operand.mapIndices(change));
        };
    }

    /// Every index in this expression, at any depth but not inside of other indices.
    default Stream<Index> indices() {
        return Stream.concat(ownIndices(), operands().stream().flatMap(Expr::indices));
    }

    /// The indices of this expression itself, not those of its operands.
    default Stream<Index> ownIndices() {
        return switch (this) {
            case Read(_, List<Index> coordinates) -> coordinates.stream();
            case Call(_, List<Index> coordinates) -> coordinates.stream();
            case Position(Index index, _) -> Stream.of(index);
            case Within(Index index, _, _, _, _) -> Stream.of(index);
            case Constant _, State _, Bound _, Unary _, Binary _, MultiplyAdd _, Select _, Cast _ -> Stream.empty();
        };
    }

    private static List<Index> map(List<Index> indices, UnaryOperator<Index> change) {
        return indices.stream().map(change).toList();
    }
}
