package dev.sinter.cli.file;

import dev.sinter.ir.file.OutputFile;
import dev.sinter.ir.type.ElementType;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.Tensor;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/// Writes a NumPy array file row by row along its first dimension, whose extent is known only at the end. The file gets
/// its name with [#finish()]; closed before, it is gone.
public final class NpyWriter implements AutoCloseable {
    private static final int PIECE = 1 << 24;

    private final OutputFile file;
    private final Path aside;
    private final FileChannel channel;
    private final int headerRoom;
    private final ElementType element;
    private final Shape row;
    private long rows;

    private NpyWriter(
            OutputFile file, Path aside, FileChannel channel, int headerRoom, ElementType element, Shape row) {
        this.file = file;
        this.aside = aside;
        this.channel = channel;
        this.headerRoom = headerRoom;
        this.element = element;
        this.row = row;
    }

    /// @param row the shape of one row, without the first dimension
    /// @throws dev.sinter.ir.diag.CompileException if the file cannot be written
    public static NpyWriter open(OutputFile file, ElementType element, Shape row) {
        try {
            Path aside = file.aside();
            FileChannel channel = FileChannel.open(aside, StandardOpenOption.WRITE);
            int room = NpyHeader.bytes(element, dims(Long.MAX_VALUE, row)).length;
            channel.position(room);
            return new NpyWriter(file, aside, channel, room, element, row);
        } catch (IOException failure) {
            throw file.failed(failure);
        }
    }

    /// Writes one whole array.
    public static void write(OutputFile file, Tensor tensor) {
        file.write(out -> {
            out.write(NpyHeader.bytes(
                    tensor.type().element(), tensor.type().shape().dims()));
            MemorySegment data = tensor.data();
            for (long from = 0; from < data.byteSize(); from += PIECE) {
                long size = Math.min(PIECE, data.byteSize() - from);
                out.write(data.asSlice(from, size).toArray(ValueLayout.JAVA_BYTE));
            }
        });
    }

    /// Appends the first `count` rows of `tensor`, whose shape is that of a row with one more dimension before it.
    public void append(Tensor tensor, long count) {
        try {
            MemorySegment data = tensor.data().asSlice(0, count * row.elements() * element.bytes());
            for (long from = 0; from < data.byteSize(); from += PIECE) {
                ByteBuffer bytes = data.asSlice(from, Math.min(PIECE, data.byteSize() - from))
                        .asByteBuffer();
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
            }
            rows += count;
        } catch (IOException failure) {
            throw file.failed(failure);
        }
    }

    /// Ends the file and gives it its name.
    public void finish() {
        try {
            byte[] header = NpyHeader.bytes(element, dims(rows, row), headerRoom);
            channel.write(ByteBuffer.wrap(header), 0);
            channel.close();
            file.publish(aside);
        } catch (IOException failure) {
            throw file.failed(failure);
        }
    }

    private static List<Long> dims(long rows, Shape row) {
        List<Long> dims = new ArrayList<>(row.dims());
        dims.addFirst(rows);
        return dims;
    }

    @Override
    public void close() {
        try {
            channel.close();
            Files.deleteIfExists(aside);
        } catch (IOException failure) {
            throw file.failed(failure);
        }
    }
}
