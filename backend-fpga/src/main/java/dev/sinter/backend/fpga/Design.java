package dev.sinter.backend.fpga;

import dev.sinter.ir.expr.Range;
import dev.sinter.ir.graph.Value;
import java.util.List;

/// A network as hardware: one module for each kernel, and what links them. All run at the same time; each begins with
/// the next frame as soon as it has ended one.
///
/// @param name of the module around all others
/// @param modules in the order of the kernels
/// @param links each from one module, or from outside, to others, or to the outside
/// @param inputs what is streamed in
/// @param outputs what is streamed out
public record Design(
        String name, List<KernelModule> modules, List<Link> links, List<Stream> inputs, List<Stream> outputs) {
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
            return Rom.bits(range);
        }

        /// True if an element is in two's complement.
        public boolean signed() {
            return range.lo() < 0;
        }
    }

    /// From what yields a tensor to one that reads it.
    ///
    /// @param from the module; -1 for the outside
    /// @param to the module; -1 for the outside
    /// @param places for each element that comes, where it is in the order in which it is read; empty where the orders
    ///     are the same
    record Link(String name, int from, Port source, int to, Port sink, int[] places, int depth) {}

    public Design {
        modules = List.copyOf(modules);
        links = List.copyOf(links);
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
    }

    /// Cycles between one frame and the next, if nobody outside makes it wait: those of the slowest module.
    public long interval() {
        return modules.stream().mapToLong(KernelModule::cycles).max().orElse(0);
    }
}
