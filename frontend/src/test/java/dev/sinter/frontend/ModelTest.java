package dev.sinter.frontend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sinter.frontend.onnx.proto.ModelProto;
import dev.sinter.frontend.onnx.proto.OperatorSetIdProto;
import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

@NullMarked
class ModelTest {
    private static final String TEXT = """
        sinter.graph 1
        graph small {
          %x: f32[1,3] = input
          %y = relu(%x)
          return %y
        }
        """;

    private static void fails(Code code, String says, Executable action) {
        CompileException fault = assertThrows(CompileException.class, action);
        assertEquals(code, fault.code(), fault.getMessage());
        assertTrue(String.valueOf(fault.getMessage()).contains(says), fault.getMessage());
    }

    @Test
    void text_is_read_by_its_ending_or_its_first_word(@TempDir Path folder) throws IOException {
        for (String name : new String[] {"small.sir", "small"}) {
            Model model = Model.read(Files.writeString(folder.resolve(name), TEXT));
            assertEquals("small", model.name());
            assertEquals(OptionalLong.empty(), model.opset());
            assertEquals("[x: f32[1,3]]", model.inputs().toString());
            assertEquals("[y: f32[1,3]]", model.outputs().toString());
            assertEquals(1, model.graph().nodes().size());
        }
    }

    @Test
    void the_shapes_of_text_are_as_they_are(@TempDir Path folder) throws IOException {
        Model model = Model.read(Files.writeString(folder.resolve("small.sir"), TEXT));
        assertEquals(model, model.withBatch(1));
        assertEquals(model, model.withDimensions(Map.of()));
        fails(Code.OPTION, "every shape is concrete", () -> model.withBatch(2));
        fails(Code.OPTION, "every shape is concrete", () -> model.withDimensions(Map.of("N", 2L)));
    }

    @Test
    void an_input_of_text_can_be_made_known(@TempDir Path folder) throws IOException {
        Model model = Model.read(Files.writeString(folder.resolve("small.sir"), TEXT));
        Graph graph = model.withConstant("x", Tensor.ofFloats(Shape.of(1, 3), 1, 2, 3))
                .graph();
        assertEquals(0, graph.inputs().size());
        assertEquals(1, graph.constants().size());
        fails(Code.INPUT_NAME, "its inputs are x", () -> model.withConstant("z", Tensor.ofFloats(Shape.of(), 1)));
        fails(Code.INPUT_SHAPE, "f32[1,3]", () -> model.withConstant("x", Tensor.ofFloats(Shape.of(), 1)));
    }

    @Test
    void a_model_is_called_as_its_file(@TempDir Path folder) throws IOException {
        ModelProto.Builder proto = ModelProto.newBuilder().setIrVersion(8);
        proto.addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(18));
        proto.getGraphBuilder().setName("torch-jit-export");
        Path file = folder.resolve("tiny.v2.onnx");
        Files.write(file, proto.build().toByteArray());
        Model model = Model.read(file);
        assertEquals("tiny.v2", model.name());
        assertEquals(OptionalLong.of(18), model.opset());
    }

    @Test
    void a_missing_file_names_one_like_it(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("resnet50.onnx"), "");
        fails(Code.FILE_MISSING, "did you mean resnet50.onnx?", () -> Model.read(folder.resolve("resnet5.onnx")));
        fails(
                Code.FILE_MISSING,
                "no folder",
                () -> Model.read(folder.resolve("nowhere").resolve("a.onnx")));
    }

    @Test
    void a_folder_is_no_file_but_shows_its_models(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("resnet50.onnx"), "");
        fails(Code.FILE_READ, "models in it: resnet50.onnx", () -> Model.read(folder));
    }

    @Test
    void an_empty_file_is_said_to_be_empty(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("a.onnx"), "");
        fails(Code.ONNX_FORMAT, "is empty", () -> Model.read(file));
    }
}
