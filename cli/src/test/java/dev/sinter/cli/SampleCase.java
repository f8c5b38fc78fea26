package dev.sinter.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// Cases in the layout of ONNX's own tests, of one node, written byte by byte: the module of the importer keeps the
/// classes of the format to itself.
public final class SampleCase {
    private static final int FLOAT = 1;
    private static final int INT64 = 7;

    private SampleCase() {}

    /// The relu of (-1, 2, -3), with what is said to be expected of it.
    public static Path relu(Path folder, float... expected) throws IOException {
        byte[] graph = joined(node("Relu", "y", "x"), field(11, info("x", FLOAT, 3)), field(12, info("y", FLOAT, 3)));
        return write(folder, graph, floats(expected), floats(-1, 2, -3));
    }

    /// A reshape of (1, 2, 3, 4) to two rows, whose shape is an input.
    ///
    /// @param rows how many rows the model declares; negative for any number
    public static Path reshape(Path folder, long rows) throws IOException {
        byte[] graph = joined(
                node("Reshape", "y", "x", "shape"),
                field(11, info("x", FLOAT, 4)),
                field(11, info("shape", INT64, 2)),
                field(12, info("y", FLOAT, rows, 2)));
        byte[] shape = tensor(INT64, longs(2, 2), 2);
        return write(folder, graph, tensor(FLOAT, floatBytes(1, 2, 3, 4), 2, 2), floats(1, 2, 3, 4), shape);
    }

    /// A node of an operator that nobody knows.
    public static Path unknown(Path folder) throws IOException {
        byte[] graph =
                joined(node("Confuse", "y", "x"), field(11, info("x", FLOAT, 1)), field(12, info("y", FLOAT, 1)));
        return write(folder, graph, floats(1), floats(1));
    }

    private static Path write(Path folder, byte[] graph, byte[] output, byte[]... inputs) throws IOException {
        Path data = Files.createDirectories(folder.resolve("test_data_set_0"));
        byte[] opset = number(2, 19);
        Files.write(folder.resolve("model.onnx"), joined(number(1, 9), field(7, graph), field(8, opset)));
        Files.write(data.resolve("output_0.pb"), output);
        for (int i = 0; i < inputs.length; i++) {
            Files.write(data.resolve("input_" + i + ".pb"), inputs[i]);
        }
        return folder;
    }

    private static byte[] node(String operator, String output, String... inputs) {
        ByteArrayOutputStream node = new ByteArrayOutputStream();
        for (String input : inputs) {
            node.writeBytes(field(1, text(input)));
        }
        node.writeBytes(field(2, text(output)));
        node.writeBytes(field(3, text("node of " + output)));
        node.writeBytes(field(4, text(operator)));
        return field(1, node.toByteArray());
    }

    private static byte[] info(String name, int type, long... dims) {
        ByteArrayOutputStream shape = new ByteArrayOutputStream();
        for (long dim : dims) {
            shape.writeBytes(field(1, dim < 0 ? field(2, text("any")) : number(1, dim)));
        }
        byte[] tensor = joined(number(1, type), field(2, shape.toByteArray()));
        return joined(field(1, text(name)), field(2, field(1, tensor)));
    }

    private static byte[] floats(float... values) {
        return tensor(FLOAT, floatBytes(values), values.length);
    }

    private static byte[] tensor(int type, byte[] data, long... dims) {
        ByteArrayOutputStream tensor = new ByteArrayOutputStream();
        for (long dim : dims) {
            tensor.writeBytes(number(1, dim));
        }
        tensor.writeBytes(number(2, type));
        tensor.writeBytes(field(9, data));
        return tensor.toByteArray();
    }

    private static byte[] floatBytes(float... values) {
        ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * values.length).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : values) {
            bytes.putFloat(value);
        }
        return bytes.array();
    }

    private static byte[] longs(long... values) {
        ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES * values.length).order(ByteOrder.LITTLE_ENDIAN);
        for (long value : values) {
            bytes.putLong(value);
        }
        return bytes.array();
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /// A field of bytes, or a message in a message.
    private static byte[] field(int number, byte[] content) {
        return joined(varint(number << 3 | 2), varint(content.length), content);
    }

    private static byte[] number(int number, long value) {
        return joined(varint(number << 3), varint(value));
    }

    private static byte[] varint(long value) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        long rest = value;
        while (rest > 0x7f) {
            bytes.write((int) (rest & 0x7f | 0x80));
            rest >>>= 7;
        }
        bytes.write((int) rest);
        return bytes.toByteArray();
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
