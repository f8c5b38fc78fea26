package dev.sinter.ir.reference;

import dev.sinter.ir.numeric.TensorView;
import dev.sinter.ir.type.ElementType;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// Which of several elements is the largest or smallest, and which others a correct kernel may take for it because
/// their bounds leave that open. NaN comes before any number.
final class Contest {
    private final boolean largest;
    private final boolean last;
    private final List<Entrant> entrants = new ArrayList<>();
    private boolean isOpen;

    /// @param integer the element's value if it is an integer
    private record Entrant(double value, double bound, long integer, long place) {}

    /// @param last whether the last of equal elements wins
    Contest(boolean largest, boolean last) {
        this.largest = largest;
        this.last = last;
    }

    void add(TensorView x, long element, long place) {
        ElementType type = x.type().element();
        double bound = x.bound(element);
        // As signed longs, 64 unsigned bits are ordered like their values once the first bit is turned.
        long turned = type == ElementType.UINT64 ? Long.MIN_VALUE : 0;
        long integer = type.isFloating() ? 0 : x.integer(element) ^ turned;
        entrants.add(new Entrant(x.value(element), Double.isNaN(bound) ? 0 : bound, integer, place));
        isOpen |= bound > 0;
    }

    /// Writes the winner's place, with a bound within which the places of all lie that may win.
    ///
    /// @param none what is written if there is no element
    void decide(TensorView y, long i, long none) {
        if (entrants.isEmpty()) {
            y.setInteger(i, none);
        } else {
            decide(y, i);
        }
    }

    void decide(TensorView y, long i) {
        Entrant winner = null;
        for (Entrant entrant : entrants) {
            winner = winner == null || wins(entrant, winner) ? entrant : winner;
        }
        long place = Objects.requireNonNull(winner).place();
        y.setInteger(i, place, isOpen ? reach(place) : 0);
    }

    private boolean wins(Entrant later, Entrant earlier) {
        int order = order(later, earlier);
        return order > 0 || order == 0 && last;
    }

    /// Above zero if `a` is more extreme. +0 and -0 are equal.
    private int order(Entrant a, Entrant b) {
        boolean aIsNan = Double.isNaN(a.value());
        boolean bIsNan = Double.isNaN(b.value());
        if (aIsNan || bIsNan) {
            return Boolean.compare(aIsNan, bIsNan);
        }
        int order = a.value() != b.value() ? (a.value() > b.value() ? 1 : -1) : Long.compare(a.integer(), b.integer());
        return largest ? order : -order;
    }

    /// How far from the winner elements lie that no other surely surpasses.
    private double reach(long place) {
        double sure = Double.NEGATIVE_INFINITY;
        for (Entrant entrant : entrants) {
            sure = Math.max(sure, surely(entrant));
        }
        double reach = 0;
        for (Entrant entrant : entrants) {
            if (Double.isNaN(entrant.value()) || possibly(entrant) >= sure) {
                reach = Math.max(reach, Math.abs(entrant.place() - place));
            }
        }
        return reach;
    }

    /// NaN wins, unless it is not even sure that it is one.
    private double surely(Entrant entrant) {
        if (entrant.bound() == Double.POSITIVE_INFINITY) {
            return Double.NEGATIVE_INFINITY;
        }
        double value = Double.isNaN(entrant.value()) ? Double.POSITIVE_INFINITY : signed(entrant.value());
        return value - entrant.bound();
    }

    private double possibly(Entrant entrant) {
        return entrant.bound() == Double.POSITIVE_INFINITY
                ? Double.POSITIVE_INFINITY
                : signed(entrant.value()) + entrant.bound();
    }

    private double signed(double value) {
        return largest ? value : -value;
    }
}
