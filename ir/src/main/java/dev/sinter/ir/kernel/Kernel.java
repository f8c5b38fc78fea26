package dev.sinter.ir.kernel;

import dev.sinter.ir.expr.Buffer;
import dev.sinter.ir.expr.Layout;
import dev.sinter.ir.expr.Source;
import java.util.List;

/// A function that runs on a device: its arguments, how it is started, and what each work-item does.
///
/// @param name a valid C identifier, unique in its program
/// @param label what it computes, for messages: the name of a tensor
public record Kernel(String name, String label, List<Argument> arguments, Launch launch, List<Stmt> body) {
    /// A buffer that the kernel reads or writes, and the tensor that lies in it.
    public record Argument(Buffer buffer, Source source, Layout layout, boolean written) {}

    public Kernel {
        arguments = List.copyOf(arguments);
        body = List.copyOf(body);
    }

    /// This kernel with other statements.
    public Kernel with(List<Stmt> other) {
        return new Kernel(name, label, arguments, launch, other);
    }

    /// True if the kernel reads or writes a channel.
    public boolean usesChannels() {
        return usesChannels(body);
    }

    private static boolean usesChannels(List<Stmt> statements) {
        return statements.stream().anyMatch(statement -> switch (statement) {
            case Stmt.ChannelWrite _, Stmt.ChannelRead _ -> true;
            case Stmt.For loop -> usesChannels(loop.body());
            case Stmt.If(_, List<Stmt> inner) -> usesChannels(inner);
            case Stmt.Allocate _, Stmt.Barrier _, Stmt.Assign _, Stmt.Store _ -> false;
        });
    }

    /// The tensor that the kernel computes, if not for a channel.
    public Argument output() {
        return arguments.stream().filter(Argument::written).findFirst().orElseThrow();
    }
}
