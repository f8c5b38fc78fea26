package dev.sinter.ir.kernel;

import dev.sinter.ir.expr.Buffer;
import dev.sinter.ir.expr.Layout;
import dev.sinter.ir.expr.Source;
import java.util.List;
import java.util.stream.Stream;

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

    /// The names of its arguments and arrays.
    public List<String> names() {
        return Stream.concat(
                        arguments.stream().map(argument -> argument.buffer().name()),
                        Allocations.in(body).map(KernelArray::name))
                .toList();
    }

    /// One end of a channel.
    public record ChannelEnd(Channel channel, boolean written) {}

    /// The channels that the kernel reads or writes, each once.
    public List<ChannelEnd> channels() {
        return channels(body).distinct().toList();
    }

    private static Stream<ChannelEnd> channels(List<Stmt> statements) {
        return statements.stream().flatMap(statement -> switch (statement) {
            case Stmt.ChannelWrite(Channel channel, _, _) -> Stream.of(new ChannelEnd(channel, true));
            case Stmt.ChannelRead(_, Channel channel, _) -> Stream.of(new ChannelEnd(channel, false));
            case Stmt.For loop -> channels(loop.body());
            case Stmt.If(_, List<Stmt> inner) -> channels(inner);
            case Stmt.Let(_, _, List<Stmt> inner) -> channels(inner);
            case Stmt.Allocate _, Stmt.Barrier _, Stmt.Assign _, Stmt.Store _ -> Stream.of();
        });
    }

    /// True if the kernel reads or writes a channel.
    public boolean usesChannels() {
        return !channels().isEmpty();
    }

    /// The tensors that the kernel stores.
    public List<Argument> outputs() {
        return arguments.stream().filter(Argument::written).toList();
    }
}
