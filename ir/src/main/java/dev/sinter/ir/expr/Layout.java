package dev.sinter.ir.expr;

import dev.sinter.ir.type.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Where the elements of a tensor lie in memory: a map from logical coordinates to an offset in elements.
///
/// Memory is a row-major array over `parts`, outermost first; a part takes some of one logical dimension's coordinate.
/// A blocked dimension has two parts: its block number, and the lane inside the block. A halo is room around a
/// dimension that holds `fill`, so that a window may read beyond the border. Lanes beyond a dimension's extent hold
/// nothing in particular: nobody may let them reach a result.
///
/// @param beside where it lies in memory that it shares with others side by side, if it does
public record Layout(Shape logical, List<Part> parts, double fill, Optional<Beside> beside) {
    /// A place among other tensors in one memory: what coordinate 0 along `axis` is called in all of it.
    public record Beside(int axis, long first) {}

    /// One physical dimension: position (x\[axis] + before) / divisor, modulo `extent` if `wraps`.
    ///
    /// @param before how many halo positions come before coordinate 0
    public record Part(int axis, long divisor, boolean wraps, long before, long extent) {
        public Part {
            if (before != 0 && (divisor != 1 || wraps)) {
                throw new IllegalArgumentException("a blocked dimension cannot have a halo");
            }
        }
    }

    public Layout {
        parts = List.copyOf(parts);
    }

    public Layout(Shape logical, List<Part> parts, double fill) {
        this(logical, parts, fill, Optional.empty());
    }

    /// Row-major without gaps.
    public static Layout rowMajor(Shape shape) {
        List<Part> parts = new ArrayList<>();
        for (int axis = 0; axis < shape.rank(); axis++) {
            parts.add(new Part(axis, 1, false, 0, shape.dim(axis)));
        }
        return new Layout(shape, parts, 0);
    }

    /// Row-major, but `axis` cut into blocks of `lanes` elements that lie innermost: NCHW16c is axis 1 in blocks of 16.
    public static Layout blocked(Shape shape, int axis, long lanes) {
        List<Part> parts = new ArrayList<>();
        for (int other = 0; other < shape.rank(); other++) {
            parts.add(
                    other == axis
                            ? new Part(axis, lanes, false, 0, Math.ceilDiv(shape.dim(axis), lanes))
                            : new Part(other, 1, false, 0, shape.dim(other)));
        }
        parts.add(new Part(axis, 1, true, 0, lanes));
        return new Layout(shape, parts, 0);
    }

    /// Like [#blocked(Shape, int, long)], with the block number outermost: how constants are packed.
    public static Layout packed(Shape shape, int axis, long lanes) {
        List<Part> parts = new ArrayList<>(blocked(shape, axis, lanes).parts);
        parts.addFirst(parts.remove(axis));
        return new Layout(shape, parts, 0);
    }

    /// This layout with room around dimensions that are not blocked; `reach` has the coordinates to make room for.
    public Layout withHalo(List<Range> reach, double fillValue) {
        List<Part> grown = parts.stream()
                .map(part -> {
                    Range range = reach.get(part.axis());
                    if (part.divisor() != 1 || part.wraps() || isBeside(part.axis())) {
                        return part;
                    }
                    long before = Math.max(0, -range.lo());
                    long after = Math.max(0, range.hi() + 1 - logical.dim(part.axis()));
                    return new Part(part.axis(), 1, false, before, before + logical.dim(part.axis()) + after);
                })
                .toList();
        return new Layout(logical, grown, fillValue, beside);
    }

    /// The layout of a tensor that is a piece of this one, as far as `extent` coordinates from `first` on along `axis`
    /// go.
    public Layout piece(int axis, long first, long extent) {
        if (beside.isPresent() && beside.get().axis() != axis) {
            throw new IllegalArgumentException("a piece along axis " + axis + " of one along "
                    + beside.get().axis());
        }
        long start = first + beside.map(Beside::first).orElse(0L);
        return new Layout(logical.with(axis, extent), parts, fill, Optional.of(new Beside(axis, start)));
    }

    /// True if others lie before or behind it along `axis`, in the same memory.
    public boolean isBeside(int axis) {
        return beside.isPresent() && beside.get().axis() == axis;
    }

    /// What a coordinate along `axis` is called in all of the memory.
    public long shift(int axis) {
        return isBeside(axis) ? beside.orElseThrow().first() : 0;
    }

    /// How many elements of memory the tensor takes.
    public long elements() {
        return parts.stream().map(Part::extent).reduce(1L, Math::multiplyExact);
    }

    /// How many of them are its own: not those of others in the same memory.
    public long ownElements() {
        return parts.stream()
                .map(part -> isBeside(part.axis()) && !part.wraps()
                        ? Math.ceilDiv(logical.dim(part.axis()), part.divisor())
                        : part.extent())
                .reduce(1L, Math::multiplyExact);
    }

    public boolean isRowMajor() {
        return equals(rowMajor(logical));
    }

    public boolean hasHalo() {
        return parts.stream()
                .anyMatch(part -> !part.wraps()
                        && part.divisor() == 1
                        && !isBeside(part.axis())
                        && part.extent() != logical.dim(part.axis()));
    }

    /// The coordinates along `axis` for which there is memory.
    public Range reach(int axis) {
        if (isBeside(axis)) {
            return new Range(0, Math.max(0, logical.dim(axis) - 1));
        }
        for (Part part : parts) {
            if (part.axis() == axis && !part.wraps()) {
                long memory = part.extent() * part.divisor();
                return memory == 0 ? Range.of(0) : new Range(-part.before(), memory - part.before() - 1);
            }
        }
        throw new IllegalStateException("no part for axis " + axis);
    }

    /// The offset in elements of the element at `coordinates`.
    public Index offset(List<Index> coordinates) {
        Index offset = Index.ZERO;
        for (Part part : parts) {
            Index position = coordinates
                    .get(part.axis())
                    .plus(part.before() + shift(part.axis()))
                    .dividedBy(part.divisor());
            offset = offset.times(part.extent()).plus(part.wraps() ? position.modulo(part.extent()) : position);
        }
        return offset;
    }

    /// The offset of the element at concrete coordinates.
    public long offset(long[] coordinates) {
        long offset = 0;
        for (Part part : parts) {
            long position =
                    Math.floorDiv(coordinates[part.axis()] + part.before() + shift(part.axis()), part.divisor());
            offset = offset * part.extent() + (part.wraps() ? Math.floorMod(position, part.extent()) : position);
        }
        return offset;
    }

    /// The dimension along which neighbours lie side by side, and how many of them do: the innermost part.
    public Part innermost() {
        return parts.getLast();
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(logical.toString());
        for (Part part : parts) {
            text.append(' ').append(part.axis());
            text.append(part.divisor() > 1 ? "/" + part.divisor() : "");
            text.append(part.wraps() ? "%" + part.extent() : "");
            long after = part.extent() - part.before() - logical.dim(part.axis());
            if (!part.wraps() && part.divisor() == 1 && !isBeside(part.axis()) && (part.before() > 0 || after > 0)) {
                text.append("(-")
                        .append(part.before())
                        .append("+")
                        .append(after)
                        .append(')');
            }
        }
        beside.ifPresent(own ->
                text.append(" from ").append(own.first()).append(" on along ").append(own.axis()));
        return text.toString();
    }
}
