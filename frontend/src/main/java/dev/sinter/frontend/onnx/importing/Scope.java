package dev.sinter.frontend.onnx.importing;

import dev.sinter.frontend.onnx.node.Operand;
import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.diag.NearestNames;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/// What the names of a graph stand for. A graph inside a node sees the names of the graphs around it.
final class Scope {
    private final Optional<Scope> outer;
    private final Map<String, Operand> operands = new HashMap<>();

    /// Outputs that nothing here makes, and what they are.
    private final Map<String, String> absent = new HashMap<>();

    private Scope(Optional<Scope> outer) {
        this.outer = outer;
    }

    static Scope ofNetwork() {
        return new Scope(Optional.empty());
    }

    Scope inner() {
        return new Scope(Optional.of(this));
    }

    boolean isOfNetwork() {
        return outer.isEmpty();
    }

    /// The names defined here, without those around.
    Map<String, Operand> operands() {
        return operands;
    }

    /// @throws CompileException if the name is taken
    void define(String name, Operand operand, String place) {
        if (absent.containsKey(name) || operands.putIfAbsent(name, operand) != null) {
            throw definedTwice(name, place);
        }
    }

    /// @param what it would be
    /// @throws CompileException if the name is taken
    void defineAbsent(String name, String what, String place) {
        if (operands.containsKey(name) || absent.putIfAbsent(name, what) != null) {
            throw definedTwice(name, place);
        }
    }

    private static CompileException definedTwice(String name, String place) {
        return new CompileException(
                Code.GRAPH_DUPLICATE,
                place,
                "defines '" + name + "', which is defined already",
                "every value of a network has a name of its own");
    }

    /// @throws CompileException if nothing has that name
    Operand find(String name, String place) {
        for (Optional<Scope> scope = Optional.of(this); scope.isPresent(); scope = scope.get().outer) {
            Operand operand = scope.get().operands.get(name);
            if (operand != null) {
                return operand;
            }
            String what = scope.get().absent.get(name);
            if (what != null) {
                throw new CompileException(
                        Code.ONNX_OPERATOR, place, "reads " + what + ", which is not supported", null);
            }
        }
        throw new CompileException(
                Code.GRAPH_UNKNOWN_VALUE,
                place,
                "reads '" + name + "', which no input, initialiser or node defines",
                NearestNames.hint(name, names()).orElse(null));
    }

    private SortedSet<String> names() {
        SortedSet<String> all = new TreeSet<>(operands.keySet());
        outer.ifPresent(scope -> all.addAll(scope.names()));
        return all;
    }
}
