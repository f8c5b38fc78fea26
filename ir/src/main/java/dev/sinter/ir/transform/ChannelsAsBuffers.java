package dev.sinter.ir.transform;

import dev.sinter.ir.expr.Buffer;
import dev.sinter.ir.kernel.Channel;
import dev.sinter.ir.kernel.Kernel;
import dev.sinter.ir.kernel.KernelExpr;
import dev.sinter.ir.kernel.Stmt;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Puts buffers in place of channels, for devices that have none: the kernels at a channel's two ends then run one
/// after the other.
public final class ChannelsAsBuffers {
    private final Map<Channel, Kernel.Argument> arguments = new LinkedHashMap<>();

    private ChannelsAsBuffers() {}

    public static Kernel apply(Kernel kernel) {
        ChannelsAsBuffers buffers = new ChannelsAsBuffers();
        List<Stmt> body = buffers.statements(kernel.body());
        if (buffers.arguments.isEmpty()) {
            return kernel;
        }
        List<Kernel.Argument> all = new ArrayList<>(kernel.arguments());
        all.addAll(buffers.arguments.values());
        return new Kernel(kernel.name(), kernel.label(), all, kernel.launch(), body);
    }

    private Buffer buffer(Channel channel, boolean written) {
        return arguments
                .computeIfAbsent(channel, _ -> {
                    Buffer buffer = new Buffer(
                            "c" + arguments.size(),
                            channel.element(),
                            channel.order().elements());
                    return new Kernel.Argument(buffer, channel.source(), channel.order(), written);
                })
                .buffer();
    }

    private List<Stmt> statements(List<Stmt> statements) {
        return statements.stream().map(this::statement).toList();
    }

    private Stmt statement(Stmt statement) {
        return switch (statement) {
            case Stmt.ChannelWrite(Channel channel, var number, KernelExpr value) ->
                new Stmt.Store(buffer(channel, true), number, value, Optional.empty());
            case Stmt.ChannelRead(KernelExpr.Element target, Channel channel, var number) ->
                new Stmt.Assign(target, new KernelExpr.Load(buffer(channel, false), number));
            case Stmt.For(var axis, var from, var until, var kind, List<Stmt> body) ->
                new Stmt.For(axis, from, until, kind, statements(body));
            case Stmt.If(var conditions, List<Stmt> body) -> new Stmt.If(conditions, statements(body));
            case Stmt.Let(var axis, var value, List<Stmt> body) -> new Stmt.Let(axis, value, statements(body));
            case Stmt.Allocate _, Stmt.Barrier _, Stmt.Assign _, Stmt.Store _ -> statement;
        };
    }
}
