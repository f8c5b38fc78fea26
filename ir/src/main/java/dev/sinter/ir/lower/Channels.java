package dev.sinter.ir.lower;

import dev.sinter.ir.expr.Expr;
import dev.sinter.ir.expr.Index;
import dev.sinter.ir.expr.Source;
import dev.sinter.ir.expr.Stage;
import dev.sinter.ir.kernel.Channel;
import dev.sinter.ir.kernel.KernelExpr;
import dev.sinter.ir.kernel.Stmt;
import dev.sinter.ir.schedule.ChannelOrder;
import dev.sinter.ir.schedule.Demand;
import dev.sinter.ir.schedule.Group;
import dev.sinter.ir.schedule.Memory;
import dev.sinter.ir.schedule.Nest;
import dev.sinter.ir.schedule.Placement;
import dev.sinter.ir.schedule.StagePlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The channels that a kernel is at one end of.
final class Channels {
    private final Demand demand;

    Channels(Demand demand) {
        this.demand = demand;
    }

    /// The channel that a stage's elements go through, if they do.
    Optional<Channel> of(Stage stage) {
        if (!demand.schedule().isChannel(stage)) {
            return Optional.empty();
        }
        StagePlan plan = demand.schedule().plan(stage);
        int depth = plan.placement() instanceof Placement.Root(Memory.Channel(int elements)) ? elements : 1;
        return Optional.ofNullable(demand.stored().get(stage))
                .map(source -> new Channel(source, depth, ChannelOrder.layout(stage, plan)));
    }

    /// The channel whose elements a nest takes, if it does.
    Optional<Channel> readBy(Nest nest) {
        return Group.callees(nest.stage()).stream()
                .map(this::of)
                .flatMap(Optional::stream)
                .findFirst();
    }

    /// Takes an element where there is one, and sets what stands for it outside.
    List<Stmt> take(Expr element, Channel channel, KernelExpr.Element target) {
        List<Stmt.Condition> inside = new ArrayList<>();
        Expr inner = element;
        Optional<Expr.Constant> outside = Optional.empty();
        while (inner instanceof Expr.Within(Index index, long lo, long hi, Expr value, Expr otherwise)) {
            inside.add(new Stmt.Condition(index, lo, hi));
            outside = otherwise instanceof Expr.Constant constant ? Optional.of(constant) : outside;
            inner = value;
        }
        List<Index> at = inner instanceof Expr.Read(Source _, List<Index> coordinates) ? coordinates : List.of();
        for (int axis = 0; axis < at.size(); axis++) {
            inside.add(new Stmt.Condition(
                    at.get(axis), 0, channel.source().type().shape().dim(axis)));
        }
        List<Stmt.Condition> open = inside.stream()
                .filter(condition -> !condition.alwaysHolds())
                .distinct()
                .toList();
        Stmt read = new Stmt.ChannelRead(target, channel, channel.order().offset(at));
        if (open.isEmpty()) {
            return List.of(read);
        }
        List<Stmt> statements = new ArrayList<>();
        outside.ifPresent(constant -> statements.add(
                new Stmt.Assign(target, new KernelExpr.Constant(constant.value(), constant.type()))));
        statements.add(new Stmt.If(open, List.of(read)));
        return statements;
    }
}
