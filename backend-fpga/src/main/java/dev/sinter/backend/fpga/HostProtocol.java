package dev.sinter.backend.fpga;

import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.type.Tensor;
import java.io.ByteArrayOutputStream;
import java.util.List;

/// What a host and a board say to each other over a serial line. A break starts the board anew. It takes the bytes that
/// its memories are loaded with first ([Design#load]), then for each frame those of its input, and answers with those
/// of its output; the next frame may be sent when the answer is there. Elements come in the order of the streams, each
/// in as many bytes as it needs, the lowest first, in two's complement.
public final class HostProtocol {
    /// With one that starts it and one that ends it.
    static final int BITS_PER_BYTE = 10;

    private final Design.Stream input;
    private final Design.Stream output;

    /// @throws CompileException if there is more than one input or output
    public HostProtocol(Design design) {
        this.input = only(design, "input", design.inputs());
        this.output = only(design, "output", design.outputs());
    }

    /// True if the design has one input and one output.
    static boolean isFor(Design design) {
        return design.inputs().size() == 1 && design.outputs().size() == 1;
    }

    private static Design.Stream only(Design design, String what, List<Design.Stream> streams) {
        if (streams.size() != 1) {
            throw new CompileException(
                    Code.FPGA_LAYER,
                    design.name(),
                    "has " + streams.size() + " " + what + "s, and a board has a serial line for one",
                    "make it a part of a design of your own");
        }
        return streams.getFirst();
    }

    Design.Stream input() {
        return input;
    }

    Design.Stream output() {
        return output;
    }

    /// How many bytes an element takes.
    static int bytesPerElement(Design.Stream stream) {
        return Math.ceilDiv(stream.elementBits(), Byte.SIZE);
    }

    /// How many bytes pass for each frame.
    static int bytesPerFrame(Design.Stream stream) {
        return stream.order().length * bytesPerElement(stream);
    }

    /// What is sent for a frame.
    public byte[] request(Tensor frame) {
        return bytes(input, frame);
    }

    /// What comes back where the result is this.
    public byte[] answer(Tensor result) {
        return bytes(output, result);
    }

    private static byte[] bytes(Design.Stream stream, Tensor tensor) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (long place : stream.order()) {
            long element = tensor.getLong(place);
            for (int i = 0; i < bytesPerElement(stream); i++) {
                bytes.write((int) (element >> (Byte.SIZE * i)));
            }
        }
        return bytes.toByteArray();
    }

    /// How many bytes the answer to a frame has.
    public int answerBytes() {
        return bytesPerFrame(output);
    }

    /// What an answer says.
    public Tensor result(byte[] answer) {
        return tensor(output, answer);
    }

    /// The frame that a request is for.
    public Tensor frame(byte[] request) {
        return tensor(input, request);
    }

    private static Tensor tensor(Design.Stream stream, byte[] bytes) {
        if (bytes.length != bytesPerFrame(stream)) {
            throw new IllegalArgumentException(bytes.length + " bytes where " + bytesPerFrame(stream) + " were due");
        }
        Tensor tensor = Tensor.allocate(stream.tensor().type());
        int size = bytesPerElement(stream);
        for (int i = 0; i < stream.order().length; i++) {
            long element = 0;
            for (int part = size - 1; part >= 0; part--) {
                element = element << Byte.SIZE | Byte.toUnsignedLong(bytes[i * size + part]);
            }
            int unused = Long.SIZE - Byte.SIZE * size;
            tensor.setLong(stream.order()[i], stream.isSigned() ? element << unused >> unused : element);
        }
        return tensor;
    }
}
