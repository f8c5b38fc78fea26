package dev.sinter.training;

import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.type.ElementType;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.Tensor;
import dev.sinter.ir.type.TensorType;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/// Where training stands: enough to go on as if it had never stopped.
///
/// As a file: the line `sinter.checkpoint 1`, then big-endian, as [DataOutputStream] writes it, the fingerprint, the
/// progress, two groups of tensors, and the SHA-256 of all that. Numbers in tensors are in the order of bytes of x86
/// and Arm.
///
/// @param fingerprint says which network, data and settings it belongs to
/// @param progress how far training has come
/// @param state what the next step carries on from, by name
/// @param best the parameters of the best epoch so far, by name; empty before the first
record Checkpoint(String fingerprint, Progress progress, Map<String, Tensor> state, Map<String, Tensor> best) {
    private static final byte[] MAGIC = "sinter.checkpoint 1\n".getBytes(StandardCharsets.US_ASCII);
    private static final int DIGEST_BYTES = 32;

    Checkpoint {
        state = new LinkedHashMap<>(state);
        best = new LinkedHashMap<>(best);
    }

    void write(OutputStream out) throws IOException {
        MessageDigest digest = sha256();
        DataOutputStream data = new DataOutputStream(new DigestOutputStream(out, digest));
        data.write(MAGIC);
        byte[] text = fingerprint.getBytes(StandardCharsets.UTF_8);
        data.writeInt(text.length);
        data.write(text);
        progress.write(data);
        writeTensors(state, data);
        writeTensors(best, data);
        data.flush();
        out.write(digest.digest());
    }

    private static void writeTensors(Map<String, Tensor> tensors, DataOutputStream data) throws IOException {
        data.writeInt(tensors.size());
        for (Map.Entry<String, Tensor> entry : tensors.entrySet()) {
            Tensor tensor = entry.getValue();
            data.writeUTF(entry.getKey());
            data.writeUTF(tensor.type().element().name());
            data.writeInt(tensor.shape().rank());
            for (long dim : tensor.shape().dims()) {
                data.writeLong(dim);
            }
            byte[] bytes = new byte[Math.toIntExact(tensor.data().byteSize())];
            MemorySegment.ofArray(bytes).copyFrom(tensor.data());
            data.write(bytes);
        }
    }

    /// @param name of the file, for messages
    /// @throws CompileException if these are not the bytes of a checkpoint, or damaged
    static Checkpoint read(byte[] file, String name) {
        int content = file.length - DIGEST_BYTES;
        if (content < MAGIC.length || !Arrays.equals(file, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
            throw fault(name, "is not a checkpoint: it does not begin with 'sinter.checkpoint 1'");
        }
        MessageDigest digest = sha256();
        digest.update(file, 0, content);
        if (!Arrays.equals(digest.digest(), Arrays.copyOfRange(file, content, file.length))) {
            throw fault(name, "is damaged: its checksum does not match its " + content + " bytes");
        }
        try {
            DataInputStream data =
                    new DataInputStream(new ByteArrayInputStream(file, MAGIC.length, content - MAGIC.length));
            String fingerprint = new String(data.readNBytes(data.readInt()), StandardCharsets.UTF_8);
            Progress progress = Progress.read(data);
            return new Checkpoint(fingerprint, progress, readTensors(data), readTensors(data));
        } catch (IOException | IllegalArgumentException odd) {
            throw fault(name, "cannot be read: " + odd.getMessage());
        }
    }

    private static Map<String, Tensor> readTensors(DataInputStream data) throws IOException {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        int count = data.readInt();
        for (int i = 0; i < count; i++) {
            String name = data.readUTF();
            ElementType element = ElementType.valueOf(data.readUTF());
            long[] dims = new long[data.readInt()];
            for (int axis = 0; axis < dims.length; axis++) {
                dims[axis] = data.readLong();
            }
            Tensor tensor = Tensor.allocate(new TensorType(element, Shape.of(dims)));
            byte[] bytes = data.readNBytes(Math.toIntExact(tensor.data().byteSize()));
            MemorySegment.copy(MemorySegment.ofArray(bytes), 0, tensor.data(), 0, bytes.length);
            tensors.put(name, tensor);
        }
        return tensors;
    }

    private static CompileException fault(String name, String fact) {
        return new CompileException(Code.FILE_READ, name, fact, "begin anew without it, or name another file");
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every Java has SHA-256", missing);
        }
    }
}
