package dev.sinter.ir.evaluate;

import dev.sinter.ir.diag.CompilerFault;
import dev.sinter.ir.expr.Buffer;
import dev.sinter.ir.kernel.Kernel;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/// The buffers of a running kernel as its work-items see them, watching for accesses that must not be.
final class SharedMemory {
    private static final int SHOWN = 50;

    private final Kernel kernel;
    private final Map<Buffer, Watched> buffers = new IdentityHashMap<>();
    private final List<Finding> findings = new ArrayList<>();
    private long total;

    /// @param elements the offsets of an output at which the tensor's elements lie
    /// @param writers per element, the number of the work-item that wrote it, plus one
    /// @param readers up to two different work-items that read it, plus one
    private record Watched(HostMemory memory, boolean written, BitSet elements, int[] writers, int[][] readers) {}

    SharedMemory(Kernel kernel, Map<Buffer, HostMemory> memory) {
        this.kernel = kernel;
        for (Kernel.Argument argument : kernel.arguments()) {
            Buffer buffer = argument.buffer();
            HostMemory contents = memory.get(buffer);
            if (contents == null || contents.type() != buffer.element() || contents.elements() < buffer.elements()) {
                throw new IllegalArgumentException("buffer " + buffer + " of " + kernel.name() + " needs "
                        + buffer.elements() + " elements of " + buffer.element());
            }
            int watched = argument.written() ? Math.toIntExact(buffer.elements()) : 0;
            BitSet elements = argument.written() ? elements(argument) : new BitSet();
            buffers.put(
                    buffer, new Watched(contents, argument.written(), elements, new int[watched], new int[2][watched]));
        }
    }

    private static BitSet elements(Kernel.Argument argument) {
        BitSet elements = new BitSet();
        LayoutWalk.forEach(argument.layout(), (offset, coordinates) -> {
            if (LayoutWalk.placeOf(argument.layout(), coordinates) == LayoutWalk.Place.ELEMENT) {
                elements.set(Math.toIntExact(offset));
            }
        });
        return elements;
    }

    EvaluationReport report() {
        return new EvaluationReport(findings, total);
    }

    void report(Finding finding) {
        total++;
        if (findings.size() < SHOWN) {
            findings.add(finding);
        }
    }

    private Watched buffer(Buffer buffer) {
        Watched watched = buffers.get(buffer);
        if (watched == null) {
            throw new CompilerFault(kernel.name() + " uses " + buffer + ", which is none of its arguments");
        }
        return watched;
    }

    /// A number as read, and whether it depends on what nothing wrote.
    record Loaded(long bits, boolean undefined) {}

    Loaded load(Buffer buffer, long offset, WorkItem item) {
        if (offset < 0 || offset >= buffer.elements()) {
            report(new Finding.OutsideBuffer(kernel.name(), item.at(), buffer, offset, false));
            return new Loaded(0, false);
        }
        Watched watched = buffer(buffer);
        if (watched.written()) {
            noteRead(watched, buffer, (int) offset, item);
        }
        return new Loaded(watched.memory().getBits(offset), !watched.memory().isWritten(offset));
    }

    private void noteRead(Watched watched, Buffer buffer, int offset, WorkItem item) {
        int reader = item.number() + 1;
        int writer = watched.writers()[offset];
        if (writer != 0 && writer != reader) {
            report(new Finding.Race(kernel.name(), item.at(), buffer, offset, writer - 1, item.number()));
        }
        for (int[] known : watched.readers()) {
            if (known[offset] == 0 || known[offset] == reader) {
                known[offset] = reader;
                return;
            }
        }
    }

    void store(Buffer buffer, long offset, Loaded value, WorkItem item) {
        if (offset < 0 || offset >= buffer.elements()) {
            report(new Finding.OutsideBuffer(kernel.name(), item.at(), buffer, offset, true));
            return;
        }
        Watched watched = buffer(buffer);
        if (!watched.written()) {
            throw new CompilerFault(kernel.name() + " writes " + buffer + ", which is an input");
        }
        noteWrite(watched, buffer, (int) offset, item);
        if (!value.undefined()) {
            watched.memory().setBits(offset, value.bits());
            return;
        }
        watched.memory().setUndefined(offset, value.bits());
        if (watched.elements().get((int) offset)) {
            report(new Finding.Undefined(kernel.name(), item.at(), buffer, offset));
        }
    }

    private void noteWrite(Watched watched, Buffer buffer, int offset, WorkItem item) {
        int writer = item.number() + 1;
        int[] others = {watched.writers()[offset], watched.readers()[0][offset], watched.readers()[1][offset]};
        for (int other : others) {
            if (other != 0 && other != writer) {
                report(new Finding.Race(kernel.name(), item.at(), buffer, offset, other - 1, item.number()));
                break;
            }
        }
        watched.writers()[offset] = writer;
    }
}
