package dev.sinter.frontend.onnx.operator;

import dev.sinter.frontend.onnx.node.EinsumEquation;
import dev.sinter.frontend.onnx.node.OnnxNode;
import dev.sinter.frontend.onnx.node.Operand;
import dev.sinter.ir.diag.Code;
import dev.sinter.ir.op.Binary;
import dev.sinter.ir.op.Diagonal;
import dev.sinter.ir.op.MatMul;
import dev.sinter.ir.op.Reduce;
import dev.sinter.ir.op.Reshape;
import dev.sinter.ir.op.Transpose;
import dev.sinter.ir.type.Shape;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/// Einstein's summation convention, by the operators that the graph has: diagonals and sums of each operand by itself,
/// then operand after operand a matrix product, or a product of elements where nothing is summed.
final class Einsums {
    static final List<Row> ROWS = List.of(Row.of("Einsum", 12, Einsums::einsum));

    /// An operand and a label for each of its dimensions.
    private record Term(Operand value, List<Integer> labels) {
        Term {
            labels = List.copyOf(labels);
        }

        long extent(int label) {
            return value.type().shape().dim(labels.indexOf(label));
        }
    }

    private Einsums() {}

    private static Operand einsum(OnnxNode node) {
        List<Operand> operands = node.inputs();
        EinsumEquation equation = EinsumEquation.parse(
                node,
                node.attributes().text("equation", ""),
                operands.stream().map(operand -> operand.type().shape()).toList());
        List<Term> terms = new ArrayList<>();
        for (int i = 0; i < operands.size(); i++) {
            terms.add(withoutRepeats(
                    node, new Term(operands.get(i), equation.operands().get(i))));
        }
        Map<Integer, Long> extents = extents(node, terms);
        terms.replaceAll(term -> withoutStretched(node, term, extents));
        Term product = terms.getFirst();
        for (int next = 1; next < terms.size(); next++) {
            Set<Integer> later = needed(equation, terms.subList(next + 1, terms.size()));
            Term right = terms.get(next);
            product = product(
                    node,
                    summed(node, product, union(later, right.labels())),
                    summed(node, right, union(later, product.labels())),
                    later);
        }
        Term result = ordered(node, summed(node, product, new HashSet<>(equation.result())), equation.result());
        return operands.contains(result.value()) ? node.same(result.value()) : result.value();
    }

    private static Set<Integer> needed(EinsumEquation equation, List<Term> later) {
        Set<Integer> labels = new HashSet<>(equation.result());
        later.forEach(term -> labels.addAll(term.labels()));
        return labels;
    }

    private static Set<Integer> union(Set<Integer> some, Collection<Integer> others) {
        Set<Integer> all = new HashSet<>(some);
        all.addAll(others);
        return all;
    }

    /// The diagonal where a label occurs twice.
    private static Term withoutRepeats(OnnxNode node, Term term) {
        for (int second = 1; second < term.labels().size(); second++) {
            int first = term.labels().indexOf(term.labels().get(second));
            if (first == second) {
                continue;
            }
            Shape shape = term.value().type().shape();
            if (shape.dim(first) != shape.dim(second)) {
                throw node.fault(
                        Code.SHAPE_BROADCAST,
                        "takes the diagonal of dimensions " + first + " and " + second + " of " + shape,
                        "they must be equal");
            }
            List<Integer> labels = new ArrayList<>(term.labels());
            labels.remove(second);
            return withoutRepeats(node, new Term(node.apply(new Diagonal(first, second), term.value()), labels));
        }
        return term;
    }

    /// How far each label goes. 1 stretches, as in NumPy.
    private static Map<Integer, Long> extents(OnnxNode node, List<Term> terms) {
        Map<Integer, Long> extents = new HashMap<>();
        for (Term term : terms) {
            for (int label : term.labels()) {
                long extent = term.extent(label);
                long before = extents.getOrDefault(label, 1L);
                if (extent != before && extent != 1 && before != 1) {
                    throw node.fault(
                            Code.SHAPE_BROADCAST, "sums a dimension of " + before + " with one of " + extent, null);
                }
                extents.put(label, extent == 1 ? before : extent);
            }
        }
        return extents;
    }

    /// Leaves out dimensions of 1 that would be stretched: without them an operand is the same for all others' points.
    private static Term withoutStretched(OnnxNode node, Term term, Map<Integer, Long> extents) {
        List<Integer> labels = term.labels().stream()
                .filter(label -> term.extent(label) == extents.getOrDefault(label, 1L))
                .toList();
        return reshaped(
                node, term.value(), labels, labels.stream().map(term::extent).toList());
    }

    private static Term reshaped(OnnxNode node, Operand value, List<Integer> labels, List<Long> dims) {
        boolean same = value.type().shape().dims().equals(dims);
        return new Term(same ? value : node.apply(new Reshape(dims), value), labels);
    }

    /// The sum over all labels but those that are kept.
    private static Term summed(OnnxNode node, Term term, Set<Integer> kept) {
        List<Long> axes = IntStream.range(0, term.labels().size())
                .filter(axis -> !kept.contains(term.labels().get(axis)))
                .mapToObj(axis -> (long) axis)
                .toList();
        if (axes.isEmpty()) {
            return term;
        }
        List<Integer> labels = term.labels().stream().filter(kept::contains).toList();
        return new Term(node.apply(new Reduce(Reduce.Kind.SUM, axes, false), term.value()), labels);
    }

    private static Term ordered(OnnxNode node, Term term, List<Integer> order) {
        if (term.labels().equals(order)) {
            return term;
        }
        List<Long> permutation =
                order.stream().map(label -> (long) term.labels().indexOf(label)).toList();
        return new Term(node.apply(new Transpose(permutation), term.value()), order);
    }

    /// The product of two, summed over the labels of both that nothing later has.
    private static Term product(OnnxNode node, Term left, Term right, Set<Integer> later) {
        Set<Integer> both = new LinkedHashSet<>(left.labels());
        both.retainAll(right.labels());
        List<Integer> batch = both.stream().filter(later::contains).toList();
        List<Integer> inner =
                both.stream().filter(label -> !later.contains(label)).toList();
        List<Integer> rows =
                left.labels().stream().filter(label -> !both.contains(label)).toList();
        List<Integer> columns =
                right.labels().stream().filter(label -> !both.contains(label)).toList();
        Term a = ordered(node, left, concat(batch, rows, inner));
        Term b = ordered(node, right, concat(batch, inner, columns));
        List<Integer> labels = concat(batch, rows, columns);
        List<Long> dims = new ArrayList<>(extents(a, concat(batch, rows)));
        dims.addAll(extents(b, columns));
        if (!inner.isEmpty()) {
            List<Long> shapeA = new ArrayList<>(extents(a, batch));
            shapeA.addAll(List.of(elements(node, a, rows), elements(node, a, inner)));
            List<Long> shapeB = new ArrayList<>(extents(b, batch));
            shapeB.addAll(List.of(elements(node, b, inner), elements(node, b, columns)));
            Operand matrix = node.apply(
                    new MatMul(),
                    reshaped(node, a.value(), a.labels(), shapeA).value(),
                    reshaped(node, b.value(), b.labels(), shapeB).value());
            return reshaped(node, matrix, labels, dims);
        }
        List<Long> wideA = new ArrayList<>(extents(a, concat(batch, rows)));
        columns.forEach(_ -> wideA.add(1L));
        List<Long> wideB = new ArrayList<>(extents(b, batch));
        rows.forEach(_ -> wideB.add(1L));
        wideB.addAll(extents(b, columns));
        Operand elementwise = node.apply(
                new Binary(Binary.Kind.MUL),
                reshaped(node, a.value(), a.labels(), wideA).value(),
                reshaped(node, b.value(), b.labels(), wideB).value());
        return new Term(elementwise, labels);
    }

    private static List<Long> extents(Term term, List<Integer> labels) {
        return labels.stream().map(term::extent).toList();
    }

    private static long elements(OnnxNode node, Term term, List<Integer> labels) {
        long elements = 1;
        for (int label : labels) {
            elements = node.product(elements, term.extent(label));
        }
        return elements;
    }

    @SafeVarargs
    private static List<Integer> concat(List<Integer>... lists) {
        List<Integer> all = new ArrayList<>();
        for (List<Integer> list : lists) {
            all.addAll(list);
        }
        return all;
    }
}
