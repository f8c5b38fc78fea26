package dev.sinter.ir.expr;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/// An integer expression over axes: a constant plus multiples of [Atom]s, always in lowest form, so that equal indices
/// of one form are equal records. Quotients and remainders round toward negative infinity and divide by constants.
public final class Index {
    public static final Index ZERO = of(0);

    private final Map<Atom, Long> terms;
    private final long constant;

    /// What an index is a sum of.
    public sealed interface Atom {
        Range range();
    }

    public record Variable(Axis axis) implements Atom {
        @Override
        public Range range() {
            return axis.range();
        }
    }

    /// floor(dividend / divisor); the dividend is never negative.
    public record Quotient(Index dividend, long divisor) implements Atom {
        @Override
        public Range range() {
            Range range = dividend.range();
            return new Range(Math.floorDiv(range.lo(), divisor), Math.floorDiv(range.hi(), divisor));
        }
    }

    /// dividend mod divisor, from 0 to divisor - 1; the dividend is never negative.
    public record Remainder(Index dividend, long divisor) implements Atom {
        @Override
        public Range range() {
            return new Range(0, Math.min(divisor - 1, dividend.range().hi()));
        }
    }

    /// The nearest number to `index` that is not outside `lo` to `hi`.
    public record Clamped(Index index, long lo, long hi) implements Atom {
        @Override
        public Range range() {
            Range range = index.range();
            return new Range(Math.clamp(range.lo(), lo, hi), Math.clamp(range.hi(), lo, hi));
        }
    }

    /// A number that is known only when the kernel runs, from a tensor in memory; the nearest one from 0 to extent - 1,
    /// so that nothing outside of memory can be reached by it. Lowering puts a counter in its place.
    ///
    /// @param value an integer, from elements of tensors that lie in memory
    public record Loaded(Expr value, long extent) implements Atom {
        public Loaded {
            if (value.type().isFloating()) {
                throw new IllegalArgumentException("an index is loaded as " + value.type());
            }
        }

        @Override
        public Range range() {
            return new Range(0, extent - 1);
        }

        Loaded substitute(Function<Axis, Index> replacement) {
            return new Loaded(value.mapIndices(index -> index.substitute(replacement)), extent);
        }
    }

    /// No class of this package changes a map of terms that it has given away: there are very many indices, and most
    /// are made from others.
    private Index(Map<Atom, Long> terms, long constant) {
        this.terms = terms;
        this.constant = constant;
    }

    public static Index of(long constant) {
        return new Index(Map.of(), constant);
    }

    /// The number of an element, row by row.
    public static Index rowMajor(List<Long> extents, List<Index> at) {
        Index number = ZERO;
        for (int axis = 0; axis < extents.size(); axis++) {
            number = number.times(extents.get(axis)).plus(at.get(axis));
        }
        return number;
    }

    /// What each atom is multiplied by, in the order in which they are printed.
    public Map<Atom, Long> terms() {
        return Collections.unmodifiableMap(terms);
    }

    public long constant() {
        return constant;
    }

    public static Index of(Axis axis) {
        return axis.extent() == 1 ? ZERO : of(new Variable(axis));
    }

    public static Index of(Atom atom) {
        Range range = atom.range();
        return range.lo() == range.hi() ? of(range.lo()) : new Index(Map.of(atom, 1L), 0);
    }

    public Index plus(long offset) {
        return offset == 0 ? this : new Index(terms, constant + offset);
    }

    public Index plus(Index other) {
        if (other.isConstant()) {
            return plus(other.constant);
        }
        if (isConstant()) {
            return other.plus(constant);
        }
        Map<Atom, Long> sum = new LinkedHashMap<>(terms);
        other.terms.forEach((atom, factor) -> sum.merge(atom, factor, Long::sum));
        sum.values().removeIf(factor -> factor == 0);
        return new Index(sum, constant + other.constant);
    }

    public Index minus(Index other) {
        return plus(other.times(-1));
    }

    public Index times(long factor) {
        if (factor == 1) {
            return this;
        }
        if (factor == 0) {
            return ZERO;
        }
        Map<Atom, Long> product = new LinkedHashMap<>();
        terms.forEach((atom, own) -> product.put(atom, own * factor));
        return new Index(product, constant * factor);
    }

    /// floor(this / divisor).
    ///
    /// @param divisor at least 1
    public Index dividedBy(long divisor) {
        if (divisor == 1) {
            return this;
        }
        Index whole = multiplesOf(divisor);
        Index rest = minus(whole);
        Range range = rest.range();
        long low = Math.floorDiv(range.lo(), divisor);
        Index quotient = whole.exactlyDividedBy(divisor);
        if (low == Math.floorDiv(range.hi(), divisor)) {
            return quotient.plus(low);
        }
        Optional<Coarse> coarse = rest.coarse(divisor);
        if (coarse.isPresent()) {
            return quotient.plus(
                    coarse.get().multiple().dividedBy(divisor / coarse.get().unit()));
        }
        return quotient.plus(low).plus(of(new Quotient(rest.plus(-low * divisor), divisor)));
    }

    /// this - divisor · floor(this / divisor).
    ///
    /// @param divisor at least 1
    public Index modulo(long divisor) {
        if (divisor == 1) {
            return ZERO;
        }
        Index rest = minus(multiplesOf(divisor));
        Range range = rest.range();
        long low = Math.floorDiv(range.lo(), divisor);
        Index shifted = rest.plus(-low * divisor);
        if (low == Math.floorDiv(range.hi(), divisor)) {
            return shifted;
        }
        Optional<Coarse> coarse = rest.coarse(divisor);
        if (coarse.isPresent()) {
            long unit = coarse.get().unit();
            return coarse.get()
                    .multiple()
                    .modulo(divisor / unit)
                    .times(unit)
                    .plus(coarse.get().fine());
        }
        return of(new Remainder(shifted, divisor));
    }

    /// multiple · unit + fine, with fine from 0 to unit - 1: dividing by a multiple of `unit` never sees `fine`.
    private record Coarse(long unit, Index multiple, Index fine) {}

    /// Takes 16·block + lane apart where `divisor` is a multiple of 16, say.
    private Optional<Coarse> coarse(long divisor) {
        for (long factor : terms.values()) {
            long unit = gcd(Math.abs(factor), divisor);
            Map<Atom, Long> multiples = new LinkedHashMap<>(terms);
            multiples.values().removeIf(other -> other % unit != 0);
            Index multiple = new Index(multiples, Math.floorDiv(constant, unit) * unit);
            Index fine = minus(multiple);
            if (unit > 1 && fine.range().isWithin(0, unit)) {
                return Optional.of(new Coarse(unit, multiple.exactlyDividedBy(unit), fine));
            }
        }
        return Optional.empty();
    }

    private static long gcd(long a, long b) {
        return b == 0 ? a : gcd(b, a % b);
    }

    /// This, kept from leaving `lo` to `hi`.
    public Index clamped(long lo, long hi) {
        Range range = range();
        return range.isWithin(lo, hi + 1) ? this : of(new Clamped(this, lo, hi));
    }

    private Index multiplesOf(long divisor) {
        Map<Atom, Long> multiples = new LinkedHashMap<>(terms);
        multiples.values().removeIf(factor -> factor % divisor != 0);
        return new Index(multiples, Math.floorDiv(constant, divisor) * divisor);
    }

    private Index exactlyDividedBy(long divisor) {
        Map<Atom, Long> quotient = new LinkedHashMap<>();
        terms.forEach((atom, factor) -> quotient.put(atom, factor / divisor));
        return new Index(quotient, constant / divisor);
    }

    public boolean isConstant() {
        return terms.isEmpty();
    }

    /// The smallest and largest value, if every axis runs over its whole extent.
    public Range range() {
        Range range = Range.of(constant);
        for (Map.Entry<Atom, Long> term : terms.entrySet()) {
            range = range.plus(term.getKey().range().times(term.getValue()));
        }
        return range;
    }

    /// The factor of `axis` where it stands by itself; 0 also where it stands inside an atom only.
    public long coefficient(Axis axis) {
        return terms.getOrDefault(new Variable(axis), 0L);
    }

    /// True if it grows by one with each step along `axis`, as neighbours in memory do.
    public boolean isUnitStride(Axis axis) {
        return isStride(axis, 1);
    }

    /// True if a step along `axis` always adds `stride`.
    public boolean isStride(Axis axis, long stride) {
        return coefficient(axis) == stride && !minus(of(axis).times(stride)).dependsOn(axis);
    }

    public boolean dependsOn(Predicate<Axis> axes) {
        for (Atom atom : terms.keySet()) {
            boolean depends = switch (atom) {
                case Variable(Axis axis) -> axes.test(axis);
                case Quotient(Index dividend, _) -> dividend.dependsOn(axes);
                case Remainder(Index dividend, _) -> dividend.dependsOn(axes);
                case Clamped(Index index, _, _) -> index.dependsOn(axes);
                case Loaded(Expr value, _) -> value.indices().anyMatch(index -> index.dependsOn(axes));
            };
            if (depends) {
                return true;
            }
        }
        return false;
    }

    public boolean dependsOn(Axis axis) {
        return dependsOn(other -> other == axis);
    }

    /// Puts an index in place of every axis.
    public Index substitute(Function<Axis, Index> replacement) {
        Index sum = of(constant);
        for (Map.Entry<Atom, Long> term : terms.entrySet()) {
            Index atom = switch (term.getKey()) {
                case Variable(Axis axis) -> replacement.apply(axis);
                case Quotient(Index dividend, long divisor) ->
                    dividend.substitute(replacement).dividedBy(divisor);
                case Remainder(Index dividend, long divisor) ->
                    dividend.substitute(replacement).modulo(divisor);
                case Clamped(Index index, long lo, long hi) ->
                    index.substitute(replacement).clamped(lo, hi);
                case Loaded loaded -> of(loaded.substitute(replacement));
            };
            sum = sum.plus(atom.times(term.getValue()));
        }
        return sum;
    }

    /// The value where each axis has the value given.
    public long evaluate(ToLongFunction<Axis> values) {
        long sum = constant;
        for (Map.Entry<Atom, Long> term : terms.entrySet()) {
            long atom = switch (term.getKey()) {
                case Variable(Axis axis) -> values.applyAsLong(axis);
                case Quotient(Index dividend, long divisor) -> Math.floorDiv(dividend.evaluate(values), divisor);
                case Remainder(Index dividend, long divisor) -> Math.floorMod(dividend.evaluate(values), divisor);
                case Clamped(Index index, long lo, long hi) -> Math.clamp(index.evaluate(values), lo, hi);
                case Loaded loaded -> throw new IllegalStateException(loaded + " is known to kernels only");
            };
            sum += atom * term.getValue();
        }
        return sum;
    }

    /// The loaded numbers in it, at any depth.
    public Stream<Loaded> loaded() {
        return terms.isEmpty()
                ? Stream.empty()
                : terms.keySet().stream().flatMap(atom -> switch (atom) {
                    case Variable _ -> Stream.empty();
                    case Quotient(Index dividend, _) -> dividend.loaded();
                    case Remainder(Index dividend, _) -> dividend.loaded();
                    case Clamped(Index index, _, _) -> index.loaded();
                    case Loaded loaded -> Stream.of(loaded);
                });
    }

    /// Puts an index in place of every loaded number.
    public Index replaceLoaded(Function<Loaded, Index> replacement) {
        if (loaded().findAny().isEmpty()) {
            return this;
        }
        Index sum = of(constant);
        for (Map.Entry<Atom, Long> term : terms.entrySet()) {
            Index atom = switch (term.getKey()) {
                case Variable variable -> of(variable);
                case Quotient(Index dividend, long divisor) ->
                    dividend.replaceLoaded(replacement).dividedBy(divisor);
                case Remainder(Index dividend, long divisor) ->
                    dividend.replaceLoaded(replacement).modulo(divisor);
                case Clamped(Index index, long lo, long hi) ->
                    index.replaceLoaded(replacement).clamped(lo, hi);
                case Loaded loaded -> replacement.apply(loaded);
            };
            sum = sum.plus(atom.times(term.getValue()));
        }
        return sum;
    }

    /// The part that consists of some atoms only.
    public Index only(Predicate<Atom> atoms) {
        Map<Atom, Long> part = new LinkedHashMap<>(terms);
        part.keySet().removeIf(atoms.negate());
        return new Index(part, 0);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Index index && constant == index.constant && terms.equals(index.terms);
    }

    @Override
    public int hashCode() {
        return 31 * terms.hashCode() + Long.hashCode(constant);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        terms.forEach((atom, factor) -> {
            text.append(text.isEmpty() ? "" : " + ");
            text.append(factor == 1 ? "" : factor + "*");
            text.append(
                    switch (atom) {
                        case Variable(Axis axis) -> axis.name();
                        case Quotient(Index dividend, long divisor) -> "(" + dividend + ")/" + divisor;
                        case Remainder(Index dividend, long divisor) -> "(" + dividend + ")%" + divisor;
                        case Clamped(Index index, long lo, long hi) -> "clamp(" + index + ", " + lo + ", " + hi + ")";
                        case Loaded(Expr value, _) -> "[" + value + "]";
                    });
        });
        if (constant != 0 || text.isEmpty()) {
            text.append(text.isEmpty() ? "" : " + ").append(constant);
        }
        return text.toString();
    }
}
