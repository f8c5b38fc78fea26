package dev.sinter.ir.op;

import dev.sinter.ir.expr.Expr;
import dev.sinter.ir.expr.Index;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/// The product of a small constant matrix and a vector, written out: what a zero would multiply is not there, nor is a
/// product with one. Rows that differ in signs only are written as the sum and the difference of the same two parts,
/// which compilers compute once.
final class LinearTransform {
    private final double[][] matrix;

    LinearTransform(double[][] matrix) {
        this.matrix = matrix;
    }

    /// Element `row` of the product, whichever that is.
    ///
    /// @param element of the vector
    Expr at(Index row, IntFunction<Expr> element) {
        Expr value = row(matrix.length - 1, element);
        for (int other = matrix.length - 2; other >= 0; other--) {
            value = new Expr.Within(row, other, other + 1L, row(other, element), value);
        }
        return value;
    }

    private Expr row(int row, IntFunction<Expr> element) {
        double[] own = matrix[row];
        for (int other = 0; other < matrix.length; other++) {
            if (other != row && differsInSigns(own, matrix[other])) {
                double[] first = matrix[Math.min(row, other)];
                double[] second = matrix[Math.max(row, other)];
                Expr alike = sum(first, columns(first, second, true), element);
                Expr opposed = sum(first, columns(first, second, false), element);
                return row < other ? alike.plus(opposed) : alike.minus(opposed);
            }
        }
        return sum(own, nonZero(own), element);
    }

    private static boolean differsInSigns(double[] a, double[] b) {
        boolean same = IntStream.range(0, a.length).allMatch(column -> Math.abs(a[column]) == Math.abs(b[column]));
        return same && !columns(a, b, true).isEmpty() && !columns(a, b, false).isEmpty();
    }

    private static List<Integer> nonZero(double[] row) {
        return IntStream.range(0, row.length)
                .filter(column -> row[column] != 0)
                .boxed()
                .toList();
    }

    private static List<Integer> columns(double[] a, double[] b, boolean alike) {
        return nonZero(a).stream()
                .filter(column -> alike == (a[column] == b[column]))
                .toList();
    }

    /// Pairs of neighbours with opposite or equal factors first, then single elements: what several rows have in common
    /// is written alike in each.
    private static Expr sum(double[] row, List<Integer> columns, IntFunction<Expr> element) {
        List<Term> terms = new ArrayList<>();
        List<Integer> left = new ArrayList<>(columns);
        while (!left.isEmpty()) {
            int column = left.removeFirst();
            int next = column + 1;
            if (left.contains(next) && Math.abs(row[next]) == Math.abs(row[column])) {
                left.remove(Integer.valueOf(next));
                Expr pair = row[next] == row[column]
                        ? element.apply(column).plus(element.apply(next))
                        : element.apply(column).minus(element.apply(next));
                terms.add(new Term(row[column], pair));
            } else {
                terms.add(new Term(row[column], element.apply(column)));
            }
        }
        // One that needs no product begins the sum, so that all others are multiplied and added at once.
        terms.sort((a, b) -> Boolean.compare(a.factor() != 1, b.factor() != 1));
        Expr sum = terms.getFirst().alone();
        for (Term term : terms.subList(1, terms.size())) {
            sum = term.addedTo(sum);
        }
        return sum;
    }

    private record Term(double factor, Expr value) {
        Expr alone() {
            return factor == 1 ? value : value.times(Expr.constant(factor, value.type()));
        }

        Expr addedTo(Expr sum) {
            if (factor == 1) {
                return sum.plus(value);
            }
            return factor == -1
                    ? sum.minus(value)
                    : new Expr.MultiplyAdd(value, Expr.constant(factor, value.type()), sum);
        }
    }
}
