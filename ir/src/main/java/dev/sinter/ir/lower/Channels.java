package dev.sinter.ir.lower;

import dev.sinter.ir.diag.CompilerFault;
import dev.sinter.ir.expr.Expr;
import dev.sinter.ir.expr.Index;
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
        return demand.tensor(stage).map(source -> new Channel(source, depth, ChannelOrder.layout(stage, plan)));
    }

    /// The channel whose elements a nest takes, if it does.
    Optional<Channel> readBy(Nest nest) {
        return Group.callees(nest.stage()).stream()
                .map(this::of)
                .flatMap(Optional::stream)
                .findFirst();
    }

    /// Takes an element where the tensor has one, and sets the constant that stands for it outside, if there is one.
    ///
    /// @param element of the channel's tensor, within paddings that test its coordinates
    List<Stmt> take(Expr element, Channel channel, KernelExpr.Element target) {
        Expr inner = element;
        List<Stmt> statements = new ArrayList<>();
        while (inner instanceof Expr.Within padding) {
            if (statements.isEmpty() && padding.otherwise() instanceof Expr.Constant(double value, var type)) {
                statements.add(new Stmt.Assign(target, new KernelExpr.Constant(value, type)));
            }
            inner = padding.value();
        }
        if (!(inner instanceof Expr.Read(var source, List<Index> at))) {
            throw new CompilerFault(inner + " is no element of " + channel);
        }
        List<Stmt.Condition> inside = new ArrayList<>();
        for (int axis = 0; axis < at.size(); axis++) {
            Stmt.Condition condition =
                    new Stmt.Condition(at.get(axis), 0, source.type().shape().dim(axis));
            if (!condition.alwaysHolds()) {
                inside.add(condition);
            }
        }
        Stmt read = new Stmt.ChannelRead(target, channel, channel.order().offset(at));
        if (inside.isEmpty()) {
            return List.of(read);
        }
        statements.add(new Stmt.If(inside, List.of(read)));
        return statements;
    }
}
