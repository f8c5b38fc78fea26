package dev.sinter.frontend.onnx.node;

import dev.sinter.ir.type.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// An equation of Einstein's summation convention, read: which label every dimension of every operand has, and those
/// of the result. Letters are labels by their code; the dimensions that an ellipsis stands for are labelled -1, -2, …
/// from the last one backwards, as they broadcast.
public record EinsumEquation(List<List<Integer>> operands, List<Integer> result) {
    private static final String ELLIPSIS = "...";

    public EinsumEquation {
        operands = List.copyOf(operands);
        result = List.copyOf(result);
    }

    /// @throws dev.sinter.ir.diag.CompileException if the equation does not fit the operands
    public static EinsumEquation parse(OnnxNode node, String equation, List<Shape> shapes) {
        String text = equation.replace(" ", "");
        int arrow = text.indexOf("->");
        String left = arrow < 0 ? text : text.substring(0, arrow);
        List<String> terms = Arrays.asList(left.split(",", -1));
        if (terms.size() != shapes.size()) {
            throw node.attributeFault(
                    "equation '" + equation + "' has " + terms.size() + " terms for " + shapes.size() + " operands");
        }
        List<List<Integer>> operands = new ArrayList<>();
        int widest = 0;
        for (int i = 0; i < terms.size(); i++) {
            int covered = covered(node, terms.get(i), shapes.get(i));
            widest = Math.max(widest, covered);
            operands.add(labels(node, terms.get(i), covered));
        }
        List<Integer> result = arrow < 0 ? implied(operands, widest) : labels(node, text.substring(arrow + 2), widest);
        EinsumEquation read = new EinsumEquation(operands, result);
        read.requireResult(node, equation);
        return read;
    }

    /// How many dimensions the term's ellipsis stands for.
    private static int covered(OnnxNode node, String term, Shape shape) {
        boolean isOpen = term.contains(ELLIPSIS);
        int letters = term.replace(ELLIPSIS, "").length();
        if (isOpen ? letters > shape.rank() : letters != shape.rank()) {
            throw node.attributeFault("term '" + term + "' of the equation does not fit an operand of shape " + shape);
        }
        return shape.rank() - letters;
    }

    private static List<Integer> labels(OnnxNode node, String term, int covered) {
        List<Integer> labels = new ArrayList<>();
        boolean hasEllipsis = false;
        for (int i = 0; i < term.length(); i++) {
            char letter = term.charAt(i);
            if (letter >= 'a' && letter <= 'z' || letter >= 'A' && letter <= 'Z') {
                labels.add((int) letter);
            } else if (term.startsWith(ELLIPSIS, i) && !hasEllipsis) {
                hasEllipsis = true;
                for (int dim = covered; dim >= 1; dim--) {
                    labels.add(-dim);
                }
                i += ELLIPSIS.length() - 1;
            } else {
                throw node.attributeFault("term '" + term + "' of the equation is not of letters and one '...'");
            }
        }
        return labels;
    }

    /// What an ellipsis stands for, then the letters that occur once, in alphabetical order.
    private static List<Integer> implied(List<List<Integer>> operands, int covered) {
        Map<Integer, Integer> counts = new TreeMap<>();
        operands.forEach(labels -> labels.forEach(label -> counts.merge(label, 1, Integer::sum)));
        List<Integer> result = new ArrayList<>();
        for (int dim = covered; dim >= 1; dim--) {
            result.add(-dim);
        }
        counts.forEach((label, count) -> {
            if (label > 0 && count == 1) {
                result.add(label);
            }
        });
        return result;
    }

    private void requireResult(OnnxNode node, String equation) {
        HashSet<Integer> seen = new HashSet<>();
        for (int label : result) {
            if (!seen.add(label) || operands.stream().noneMatch(labels -> labels.contains(label))) {
                throw node.attributeFault("the result of equation '" + equation
                        + "' names a dimension twice, or one that no operand has");
            }
        }
    }
}
