package dev.sinter.ir.transform;

import dev.sinter.ir.diag.Expect;
import dev.sinter.ir.expr.Index;
import dev.sinter.ir.kernel.KernelArray;
import dev.sinter.ir.kernel.KernelExpr;
import dev.sinter.ir.kernel.Stmt;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Puts single registers in place of the elements of register arrays, where every element that is used is known.
final class Scalars {
    private final FreshNames names;
    private final Set<KernelArray> indexed = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Map<KernelArray, Map<Long, KernelArray>> elements = new IdentityHashMap<>();

    private Scalars(FreshNames names) {
        this.names = names;
    }

    static List<Stmt> replace(List<Stmt> statements, FreshNames names) {
        Scalars scalars = new Scalars(names);
        scalars.findIndexed(statements);
        scalars.findElements(statements);
        return scalars.statements(statements);
    }

    private void findIndexed(List<Stmt> statements) {
        Values.forEachRegister(statements, register -> {
            if (!register.array().extents().isEmpty() && !isConstant(register)) {
                indexed.add(register.array());
            }
        });
    }

    /// An element outside of its array stays one, for the kernel evaluator to report.
    private static boolean isConstant(KernelExpr.Element register) {
        for (int axis = 0; axis < register.places().size(); axis++) {
            Index index = register.places().get(axis);
            boolean inside =
                    index.range().isWithin(0, register.array().extents().get(axis));
            if (!index.isConstant() || !inside) {
                return false;
            }
        }
        return true;
    }

    private boolean isReplaced(KernelArray array) {
        return !array.isShared() && !array.extents().isEmpty() && !indexed.contains(array);
    }

    private void findElements(List<Stmt> statements) {
        Values.forEachRegister(statements, register -> {
            KernelArray array = register.array();
            if (isReplaced(array)) {
                elements.computeIfAbsent(array, _ -> new TreeMap<>())
                        .computeIfAbsent(register.offset().constant(), _ -> {
                            StringBuilder name = new StringBuilder(array.name());
                            register.places().forEach(index -> name.append('_').append(index.constant()));
                            return names.register(name.toString(), array.element(), array.lanes());
                        });
            }
        });
    }

    private List<Stmt> statements(List<Stmt> statements) {
        List<Stmt> replaced = new ArrayList<>();
        for (Stmt statement : statements) {
            switch (statement) {
                case Stmt.Allocate(KernelArray array)
                when isReplaced(array) ->
                    elements.getOrDefault(array, Map.of())
                            .values()
                            .forEach(element -> replaced.add(new Stmt.Allocate(element)));
                case Stmt.Allocate _ -> replaced.add(statement);
                case Stmt.For(var axis, var from, var until, var kind, List<Stmt> body) ->
                    replaced.add(new Stmt.For(axis, from, until, kind, statements(body)));
                case Stmt.If(var conditions, List<Stmt> body) ->
                    replaced.add(new Stmt.If(conditions, statements(body)));
                case Stmt.Let(var axis, KernelExpr value, List<Stmt> body) ->
                    replaced.add(new Stmt.Let(axis, expression(value), statements(body)));
                case Stmt.Assign(KernelExpr.Element target, KernelExpr value) ->
                    replaced.add(new Stmt.Assign((KernelExpr.Element) expression(target), expression(value)));
                case Stmt.Barrier _ -> replaced.add(statement);
                case Stmt.ChannelWrite(var channel, var number, KernelExpr value) ->
                    replaced.add(new Stmt.ChannelWrite(channel, number, expression(value)));
                case Stmt.ChannelRead(KernelExpr.Element target, var channel, var number) ->
                    replaced.add(new Stmt.ChannelRead((KernelExpr.Element) expression(target), channel, number));
                case Stmt.Store(var buffer, var offset, KernelExpr value, var lanes) ->
                    replaced.add(new Stmt.Store(buffer, offset, expression(value), lanes));
            }
        }
        return replaced;
    }

    private KernelExpr expression(KernelExpr expr) {
        if (expr instanceof KernelExpr.Element register && isReplaced(register.array())) {
            KernelArray element = elements.getOrDefault(register.array(), Map.of())
                    .get(register.offset().constant());
            return new KernelExpr.Element(Expect.present(element, register), List.of());
        }
        return expr.mapOperands(this::expression);
    }
}
