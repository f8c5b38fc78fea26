package dev.sinter.backend.fpga;

import dev.sinter.ir.expr.Range;
import dev.sinter.ir.graph.Value;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.LongStream;

/// A network as hardware: one module for each kernel, and what links them. All run at the same time; each begins with
/// the next frame as soon as it has ended one.
public final class Design {
    private final String name;
    private final List<KernelModule> modules;
    private final List<Link> links;
    private final List<Stream> inputs;
    private final List<Stream> outputs;

    /// A tensor that comes in or goes out, element by element.
    ///
    /// @param tensor which one
    /// @param port the prefix of its wires
    /// @param order for each element in the order in which it passes: its offset in the tensor, row-major
    /// @param lanes how many pass at once
    /// @param range between which numbers they lie
    public record Stream(Value tensor, String port, long[] order, int lanes, Range range) {
        /// How many wires each of them takes.
        public int elementBits() {
            return Signal.stored(range);
        }

        /// How many wires the stream has for what passes at once.
        public int width() {
            return lanes * elementBits();
        }

        /// True if an element is in two's complement.
        public boolean isSigned() {
            return range.lo() < 0;
        }

        /// How many times something passes in a frame.
        public int words() {
            return order.length / lanes;
        }
    }

    /// One end of a link.
    ///
    /// @param module which one; none for the outside
    record End(OptionalInt module, Port port) {
        static End outside(Port port) {
            return new End(OptionalInt.empty(), port);
        }

        static End of(int module, Port port) {
            return new End(OptionalInt.of(module), port);
        }

        boolean isOf(int other) {
            return module.equals(OptionalInt.of(other));
        }
    }

    /// From what yields a tensor to one that reads it.
    ///
    /// @param kept for each element that comes, whether it is read; empty where all are
    /// @param places for each of those, where it is in the order in which it is read; empty where it is where it comes
    /// @param depth for how many words there is room before the reader
    record Link(String name, End from, End to, boolean[] kept, int[] places, int depth) {
        boolean drops() {
            return kept.length > 0;
        }

        boolean reorders() {
            return places.length > 0;
        }

        /// True if words are taken apart, since their elements go different ways.
        boolean passesSingly() {
            int lanes = from.port().lanes();
            int wanted = to.port().lanes();
            return reorders() || drops() || lanes % wanted != 0 && wanted % lanes != 0;
        }

        boolean isInside() {
            return from.module().isPresent() && to.module().isPresent();
        }

        Link withDepth(int other) {
            return new Link(name, from, to, kept, places, other);
        }
    }

    /// @param name of the module around all others
    /// @param modules in the order of the kernels
    Design(String name, List<KernelModule> modules, List<Link> links, List<Stream> inputs, List<Stream> outputs) {
        this.name = name;
        this.modules = List.copyOf(modules);
        this.links = List.copyOf(links);
        this.inputs = List.copyOf(inputs);
        this.outputs = List.copyOf(outputs);
    }

    /// The name of the module around all others.
    public String name() {
        return name;
    }

    /// The bytes that the hardware takes at its start, before the first frame; none if it needs none.
    public byte[] load() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        modules.stream()
                .flatMap(module -> module.loaded().stream())
                .flatMapToLong(rom -> LongStream.of(rom.words()))
                .forEach(word -> bytes.write((int) word));
        return bytes.toByteArray();
    }

    /// True if it takes bytes at its start.
    boolean isLoaded() {
        return modules.stream().anyMatch(module -> !module.loaded().isEmpty());
    }

    List<KernelModule> modules() {
        return modules;
    }

    List<Link> links() {
        return links;
    }

    /// What is streamed in.
    public List<Stream> inputs() {
        return inputs;
    }

    /// What is streamed out.
    public List<Stream> outputs() {
        return outputs;
    }

    /// How many kernels there are.
    public int kernels() {
        return modules.size();
    }

    /// How many integers are multiplied in each cycle.
    public long multipliers() {
        return modules.stream().mapToLong(KernelModule::multipliers).sum();
    }

    /// Cycles between one frame and the next, if nobody outside makes it wait: those of the slowest module.
    public long interval() {
        return modules.stream().mapToLong(KernelModule::cycles).max().orElse(0);
    }
}
