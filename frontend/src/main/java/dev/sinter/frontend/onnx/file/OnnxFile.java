package dev.sinter.frontend.onnx.file;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import com.google.protobuf.UnsafeByteOperations;
import dev.sinter.frontend.named.InputFile;
import dev.sinter.frontend.onnx.proto.ModelProto;
import dev.sinter.frontend.onnx.proto.TensorProto;
import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.diag.MemoryLimit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The protobuf messages in ONNX files.
public final class OnnxFile {
    private OnnxFile() {}

    private interface Source {
        byte[] read() throws IOException;
    }

    public static ModelProto model(Path path) {
        InputFile file = InputFile.open(path);
        byte[] head = file.head(FileKind.HEAD);
        ModelProto model =
                parse(ModelProto.parser(), () -> Files.readAllBytes(path), path.toString(), file.bytes(), head);
        return requireGraph(model, path.toString(), head);
    }

    public static ModelProto model(byte[] bytes, String place) {
        byte[] head = Arrays.copyOf(bytes, Math.min(bytes.length, FileKind.HEAD));
        ModelProto model = parse(ModelProto.parser(), () -> bytes, place, bytes.length, head);
        return requireGraph(model, place, head);
    }

    public static TensorProto tensor(Path path) {
        InputFile file = InputFile.open(path);
        byte[] head = file.head(FileKind.HEAD);
        return parse(TensorProto.parser(), () -> Files.readAllBytes(path), path.toString(), file.bytes(), head);
    }

    private static ModelProto requireGraph(ModelProto model, String place, byte[] head) {
        if (!model.hasGraph()) {
            throw notOnnx(place, "holds no graph", head, null);
        }
        return model;
    }

    private static <M extends Message> M parse(Parser<M> parser, Source source, String place, long bytes, byte[] head) {
        if (bytes == 0) {
            throw new CompileException(Code.ONNX_FORMAT, place, "the file is empty", null);
        }
        if (bytes > Integer.MAX_VALUE) {
            throw new CompileException(
                    Code.ONNX_FORMAT,
                    place,
                    "has " + bytes + " bytes but protobuf allows at most " + Integer.MAX_VALUE,
                    "store the weights as external data");
        }
        MemoryLimit.require(bytes, place, "the file");
        try {
            // Weights are not copied out of the file's bytes, of which there may be 2 GiB.
            CodedInputStream input =
                    UnsafeByteOperations.unsafeWrap(source.read()).newCodedInput();
            input.enableAliasing(true);
            M message = parser.parseFrom(input);
            input.checkLastTagWas(0);
            return message;
        } catch (InvalidProtocolBufferException fault) {
            String message = String.valueOf(fault.getMessage());
            String fact = message.contains("ended unexpectedly")
                    ? "ends in the middle of a field, after " + bytes + " bytes: it is cut off, or not ONNX"
                    : "its " + bytes + " bytes are not ONNX: " + message;
            throw notOnnx(place, fact, head, fault);
        } catch (IOException fault) {
            throw new CompileException(Code.FILE_READ, place, "cannot be read: " + fault, null, fault);
        } catch (OutOfMemoryError fault) {
            throw new CompileException(
                    Code.FILE_READ, place, "its " + bytes + " bytes do not fit in memory", "raise -Xmx", fault);
        }
    }

    private static CompileException notOnnx(String place, String fact, byte[] head, @Nullable Throwable cause) {
        Optional<String> kind = FileKind.of(head);
        return new CompileException(
                Code.ONNX_FORMAT,
                place,
                fact,
                kind.map(name -> "it looks like " + name).orElse(null),
                cause);
    }
}
