package dev.sinter.backend.fpga;

import dev.sinter.ir.expr.Axis;
import dev.sinter.ir.expr.BinaryFunction;
import dev.sinter.ir.expr.Buffer;
import dev.sinter.ir.expr.Index;
import dev.sinter.ir.expr.Range;
import dev.sinter.ir.expr.UnaryFunction;
import dev.sinter.ir.kernel.KernelArray;
import dev.sinter.ir.kernel.KernelExpr;
import dev.sinter.ir.kernel.Stmt;
import dev.sinter.ir.numeric.IntegerTypes;
import dev.sinter.ir.type.ElementType;
import dev.sinter.ir.type.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/// Between which limits the numbers lie that a kernel keeps in registers, in particular sums: the fewer bits, the less
/// hardware. Of a sum of products with constants each is looked at.
final class Accumulation {
    /// More products than that are taken to be as large as the largest of them.
    private static final long MOST_PRODUCTS = 1L << 24;

    private final Map<KernelArray, Limits> limits = new IdentityHashMap<>();
    private final Map<KernelArray, List<Stmt.For>> starts = new IdentityHashMap<>();
    private final Map<KernelArray, Long> neutral = new IdentityHashMap<>();
    private final Set<KernelArray> read = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Function<Buffer, Optional<Tensor>> constants;
    private final Function<Buffer, Range> streams;
    private final List<Stmt.For> around = new ArrayList<>();

    /// What a number is at least and at most; infinity where nothing is known.
    private record Limits(double lo, double hi) {
        static Limits of(ElementType type) {
            return type.isFloating()
                    ? new Limits(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY)
                    : new Limits(IntegerTypes.least(type), IntegerTypes.largest(type));
        }

        Limits union(Limits other) {
            return new Limits(Math.min(lo, other.lo), Math.max(hi, other.hi));
        }

        Limits plus(Limits other) {
            return new Limits(lo + other.lo, hi + other.hi);
        }

        Limits times(Limits other) {
            double a = product(lo, other.lo);
            double b = product(lo, other.hi);
            double c = product(hi, other.lo);
            double d = product(hi, other.hi);
            return new Limits(Math.min(Math.min(a, b), Math.min(c, d)), Math.max(Math.max(a, b), Math.max(c, d)));
        }

        private static double product(double a, double b) {
            return a == 0 || b == 0 ? 0 : a * b;
        }

        /// All that so many numbers, or fewer, add up to.
        Limits upTo(double count) {
            return new Limits(Math.min(0, lo * count), Math.max(0, hi * count));
        }

        /// These, if they are no wider than the type: else it has wrapped.
        Limits within(ElementType type) {
            Limits all = of(type);
            return all.lo <= lo && hi <= all.hi ? this : all;
        }
    }

    private Accumulation(Function<Buffer, Optional<Tensor>> constants, Function<Buffer, Range> streams) {
        this.constants = constants;
        this.streams = streams;
    }

    /// @param body of a kernel in which what is unrolled is written out
    static Accumulation of(
            List<Stmt> body, Function<Buffer, Optional<Tensor>> constants, Function<Buffer, Range> streams) {
        Accumulation accumulation = new Accumulation(constants, streams);
        accumulation.statements(body);
        return accumulation;
    }

    /// None where nothing more is known than the type says.
    Optional<Range> range(KernelArray array) {
        Limits known = limits.get(array);
        return known == null || !(known.lo >= -0x1p62 && known.hi <= 0x1p62)
                ? Optional.empty()
                : Optional.of(new Range((long) Math.floor(known.lo), (long) Math.ceil(known.hi)));
    }

    private void statements(List<Stmt> statements) {
        statements.forEach(this::statement);
    }

    private void statement(Stmt statement) {
        switch (statement) {
            case Stmt.For loop -> {
                around.add(loop);
                statements(loop.body());
                around.removeLast();
            }
            case Stmt.If(_, List<Stmt> body) -> statements(body);
            case Stmt.Let(_, _, List<Stmt> body) -> statements(body);
            case Stmt.Assign(KernelExpr.Element target, KernelExpr value) -> assign(target, value);
            case Stmt.Allocate _, Stmt.Barrier _, Stmt.Store _, Stmt.ChannelRead _, Stmt.ChannelWrite _ -> {}
        }
    }

    private void assign(KernelExpr.Element target, KernelExpr value) {
        KernelArray array = target.array();
        if (!reads(value, array)) {
            Limits own = limits(value);
            if (array.extents().isEmpty()) {
                starts.put(array, List.copyOf(around));
            }
            Limits before = limits.get(array);
            set(array, before == null ? own : before.union(own));
            return;
        }
        Limits before = limits.getOrDefault(array, Limits.of(array.element()));
        Limits after = addition(value, target)
                .map(addends -> before.plus(addends).within(array.element()))
                .or(() -> extremum(value, target)
                        .map(numbers -> extended(target.array(), before, numbers, isMaximum(value))))
                .orElseGet(() -> Limits.of(array.element()));
        set(array, after);
    }

    /// What was read of an array would have to be looked at again if more turned out to come into it.
    private void set(KernelArray array, Limits now) {
        Limits before = limits.put(array, now);
        boolean wider = before != null && (now.lo < before.lo || now.hi > before.hi);
        if (wider && read.contains(array)) {
            throw new Unsupported("array " + array + " is read before all that it gets is known");
        }
    }

    /// Where a maximum starts from the smallest number of the type, or a minimum from the largest, the smallest or
    /// largest one that comes does as well.
    private Limits extended(KernelArray array, Limits before, Limits numbers, boolean maximum) {
        Limits type = Limits.of(array.element());
        double start = maximum ? type.lo : type.hi;
        boolean starts = before.lo == start && before.hi == start;
        if (!array.extents().isEmpty() || array.element().isFloating() || !starts) {
            return before.union(numbers);
        }
        neutral.put(array, (long) (maximum ? numbers.lo : numbers.hi));
        return numbers;
    }

    private static boolean isMaximum(KernelExpr value) {
        return value instanceof KernelExpr.Binary(BinaryFunction function, _, _) && function == BinaryFunction.MAX;
    }

    /// The number from which an array without extents may start in place of the smallest or largest of its type.
    Optional<Long> neutral(KernelArray array) {
        return Optional.ofNullable(neutral.get(array));
    }

    private static boolean reads(KernelExpr value, KernelArray array) {
        boolean[] found = {false};
        value.forEach(inner -> found[0] |= inner instanceof KernelExpr.Element(KernelArray other, _) && other == array);
        return found[0];
    }

    /// All that is added to `target` by a statement, from when it is set on, if it does nothing else.
    private Optional<Limits> addition(KernelExpr value, KernelExpr.Element target) {
        if (value instanceof KernelExpr.MultiplyAdd(KernelExpr left, KernelExpr right, KernelExpr addend)
                && addend.equals(target)) {
            return Optional.of(products(left, right, target.array()));
        }
        if (value instanceof KernelExpr.Binary(BinaryFunction function, KernelExpr left, KernelExpr right)
                && function == BinaryFunction.ADD) {
            if (left.equals(target) && !reads(right, target.array())) {
                return Optional.of(limits(right).upTo(trips(target.array())));
            }
            if (right.equals(target) && !reads(left, target.array())) {
                return Optional.of(limits(left).upTo(trips(target.array())));
            }
        }
        return Optional.empty();
    }

    private Optional<Limits> extremum(KernelExpr value, KernelExpr.Element target) {
        if (value instanceof KernelExpr.Binary(BinaryFunction function, KernelExpr left, KernelExpr right)
                && (function == BinaryFunction.MAX || function == BinaryFunction.MIN)) {
            if (left.equals(target)) {
                return Optional.of(limits(right));
            }
            if (right.equals(target)) {
                return Optional.of(limits(left));
            }
        }
        return Optional.empty();
    }

    /// The loops inside of those in which the array was set.
    private List<Stmt.For> since(KernelArray array) {
        List<Stmt.For> start = starts.getOrDefault(array, List.of());
        int common = 0;
        while (common < Math.min(start.size(), around.size()) && start.get(common) == around.get(common)) {
            common++;
        }
        return around.subList(common, around.size());
    }

    private double trips(KernelArray array) {
        return since(array).stream().mapToDouble(loop -> loop.axis().extent()).reduce(1, (a, b) -> a * b);
    }

    /// The sum of products: where one factor is a constant, each of them, for the iteration in which it is the largest.
    private Limits products(KernelExpr left, KernelExpr right, KernelArray array) {
        List<Stmt.For> inner = since(array);
        List<Axis> sum = inner.stream().map(Stmt.For::axis).toList();
        List<Axis> outer = around.subList(0, around.size() - inner.size()).stream()
                .map(Stmt.For::axis)
                .toList();
        KernelExpr.Load load = constantIn(right).or(() -> constantIn(left)).orElse(null);
        if (load == null) {
            return limits(left).times(limits(right)).upTo(trips(array));
        }
        Limits rest = limits(load == right ? left : right);
        Index offset = load.offset();
        List<Axis> moving = outer.stream().filter(offset::dependsOn).toList();
        double count = Stream.concat(moving.stream(), sum.stream())
                .mapToDouble(Axis::extent)
                .reduce(1, (a, b) -> a * b);
        if (count > MOST_PRODUCTS) {
            return rest.times(limits(load)).upTo(trips(array));
        }
        Tensor tensor = constants.apply(load.buffer()).orElseThrow();
        Limits all = new Limits(0, 0);
        Map<Axis, Long> at = new IdentityHashMap<>();
        do {
            double lo = 0;
            double hi = 0;
            do {
                long place = offset.evaluate(axis -> at.getOrDefault(axis, 0L));
                boolean inside = 0 <= place && place < tensor.shape().elements();
                double weight = inside ? tensor.get(place) : 0;
                lo += Math.min(weight * rest.lo, weight * rest.hi);
                hi += Math.max(weight * rest.lo, weight * rest.hi);
            } while (next(sum, at));
            // Loops that are cut short leave products out, so that those of either sign may be missing.
            all = all.union(new Limits(Math.min(0, lo), Math.max(0, hi)));
        } while (next(moving, at));
        return all;
    }

    /// The next iteration of some loops, the last the fastest; false after the last one, all counters at 0 again.
    private static boolean next(List<Axis> axes, Map<Axis, Long> at) {
        for (Axis axis : axes.reversed()) {
            long following = at.getOrDefault(axis, 0L) + 1;
            if (following < axis.extent()) {
                at.put(axis, following);
                return true;
            }
            at.put(axis, 0L);
        }
        return false;
    }

    private Optional<KernelExpr.Load> constantIn(KernelExpr expr) {
        return expr instanceof KernelExpr.Load load
                        && constants.apply(load.buffer()).isPresent()
                ? Optional.of(load)
                : Optional.empty();
    }

    private Limits limits(KernelExpr expr) {
        return switch (expr) {
            case KernelExpr.Constant(double value, _) -> new Limits(value, value);
            case KernelExpr.Load(Buffer buffer, _) ->
                constants.apply(buffer).map(Accumulation::content).orElseGet(() -> {
                    Range range = streams.apply(buffer);
                    return new Limits(range.lo(), range.hi());
                });
            case KernelExpr.Element(KernelArray array, _) -> {
                read.add(array);
                yield limits.getOrDefault(array, Limits.of(array.element()));
            }
            case KernelExpr.Unary(UnaryFunction function, KernelExpr operand) -> unary(function, operand);
            case KernelExpr.Binary(BinaryFunction function, KernelExpr left, KernelExpr right) ->
                binary(function, limits(left), limits(right), expr.type());
            case KernelExpr.MultiplyAdd(KernelExpr left, KernelExpr right, KernelExpr addend) ->
                limits(left).times(limits(right)).plus(limits(addend)).within(expr.type());
            case KernelExpr.Select(_, KernelExpr left, KernelExpr right, KernelExpr then, KernelExpr otherwise) ->
                left.equals(right) ? limits(then) : limits(then).union(limits(otherwise));
            case KernelExpr.Within(_, _, _, KernelExpr value, KernelExpr otherwise) ->
                limits(value).union(limits(otherwise));
            case KernelExpr.Cast(KernelExpr operand, ElementType type) ->
                limits(operand).within(type);
            case KernelExpr.Position(Index index, _) ->
                new Limits(index.range().lo(), index.range().hi());
        };
    }

    private Limits unary(UnaryFunction function, KernelExpr operand) {
        Limits own = limits(operand);
        return switch (function) {
            case ROUND_EVEN -> new Limits(Math.floor(own.lo), Math.ceil(own.hi));
            case NEGATE -> new Limits(-own.hi, -own.lo).within(operand.type());
            default -> Limits.of(operand.type());
        };
    }

    private static Limits binary(BinaryFunction function, Limits a, Limits b, ElementType type) {
        return switch (function) {
            case ADD -> a.plus(b).within(type);
            case SUBTRACT -> a.plus(new Limits(-b.hi, -b.lo)).within(type);
            case MULTIPLY -> a.times(b).within(type);
            case MAX -> new Limits(Math.max(a.lo, b.lo), Math.max(a.hi, b.hi));
            case MIN -> new Limits(Math.min(a.lo, b.lo), Math.min(a.hi, b.hi));
            case DIVIDE, POWER, REMAINDER, AND, OR, XOR, SHIFT_LEFT, SHIFT_RIGHT -> Limits.of(type);
        };
    }

    private static Limits content(Tensor tensor) {
        double lo = Double.POSITIVE_INFINITY;
        double hi = Double.NEGATIVE_INFINITY;
        for (long i = 0; i < tensor.shape().elements(); i++) {
            lo = Math.min(lo, tensor.get(i));
            hi = Math.max(hi, tensor.get(i));
        }
        return new Limits(lo, hi);
    }
}
