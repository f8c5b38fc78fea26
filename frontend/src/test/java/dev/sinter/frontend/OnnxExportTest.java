package dev.sinter.frontend;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sinter.frontend.onnx.proto.ModelProto;
import dev.sinter.frontend.onnx.proto.NodeProto;
import dev.sinter.frontend.onnx.proto.TensorProto;
import dev.sinter.frontend.zoo.Zoo;
import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.expr.Access;
import dev.sinter.ir.expr.Stage;
import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.GraphParser;
import dev.sinter.ir.graph.GraphPrinter;
import dev.sinter.ir.numeric.Rounding;
import dev.sinter.ir.numeric.TensorView;
import dev.sinter.ir.op.CustomOp;
import dev.sinter.ir.type.ElementType;
import dev.sinter.ir.type.RandomTensors;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.Tensor;
import dev.sinter.ir.type.TensorType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@NullMarked
class OnnxExportTest {
    private record Doubled() implements CustomOp {
        @Override
        public String mnemonic() {
            return "doubled";
        }

        @Override
        public List<TensorType> infer(List<TensorType> inputs) {
            return inputs;
        }

        @Override
        public List<Stage> compute(Signature types, List<Access> inputs) {
            throw new AssertionError("nothing is compiled");
        }

        @Override
        public void evaluate(Rounding rounding, List<TensorView> inputs, List<TensorView> outputs) {
            throw new AssertionError("nothing is run");
        }
    }

    private static Graph graph(String statements) {
        return GraphParser.parse("sinter.graph 1\ngraph sample {\n" + statements + "\n}\n", "sample");
    }

    private static ModelProto exported(Graph graph) throws IOException {
        return ModelProto.parseFrom(OnnxExport.of(graph));
    }

    private static Graph again(Graph graph) {
        return Model.parse(OnnxExport.of(graph), graph.name()).graph();
    }

    private static CompileException fault(Runnable action) {
        return assertThrows(CompileException.class, action::run);
    }

    @Test
    void a_file_says_what_it_is_and_who_wrote_it() throws IOException {
        ModelProto model = exported(Zoo.graph("lenet5", 1, 1));
        assertEquals("sinter", model.getProducerName());
        assertEquals(9, model.getIrVersion());
        assertEquals(19, model.getOpsetImport(0).getVersion());
        assertEquals("lenet5", model.getGraph().getName());
    }

    @Test
    void nodes_keep_their_names_beside_those_of_their_outputs() throws IOException {
        Graph graph = graph("%x: f32[2,3] = input\n%a = relu(%x) @first\n%y = clip(%a) min=0 max=6 @second\nreturn %y");
        List<NodeProto> nodes = exported(graph).getGraph().getNodeList();
        assertEquals(
                List.of("first", "second"),
                nodes.stream().map(NodeProto::getName).toList());
        assertEquals(List.of("a", "y/min", "y/max"), nodes.getLast().getInputList());
        assertEquals(GraphPrinter.print(graph), GraphPrinter.print(again(graph)));
    }

    @Test
    void a_name_that_an_operand_would_get_may_be_taken() throws IOException {
        Graph graph = graph("%\"y/min\": f32[2,3] = input\n%y = clip(%\"y/min\") min=0 max=6\nreturn %y");
        assertEquals(
                List.of("y/min", "y/min.2", "y/max"),
                exported(graph).getGraph().getNode(0).getInputList());
    }

    @ParameterizedTest
    @EnumSource(ElementType.class)
    void constants_of_every_type_keep_their_bits(ElementType element) throws IOException {
        TensorType type = new TensorType(element, Shape.of(2, 3));
        Tensor weights = element.isFloating()
                ? RandomTensors.normal(type, 0, 1, 3)
                : RandomTensors.integers(type, 0, element == ElementType.BOOL ? 1 : 100, 3);
        Graph.Builder builder = Graph.builder("typed");
        builder.input("x", type);
        Graph graph = builder.output(builder.constant("w", weights)).build();
        TensorProto proto = exported(graph).getGraph().getInitializer(0);
        assertEquals(6L * element.bytes(), proto.getRawData().size());
        Tensor read = Tensor.allocate(type);
        read.data().asByteBuffer().put(proto.getRawData().asReadOnlyByteBuffer());
        assertTrue(weights.sameBits(read));
    }

    @Test
    void the_mean_over_all_of_space_is_global_pooling() throws IOException {
        String one = "%x: f32[1,3,4,5] = input\n%y = reduce_mean(%x) axes=";
        assertEquals("GlobalAveragePool", operator(one + "[3,-2] keep_dims=true"));
        assertEquals("ReduceMean", operator(one + "[2,3] keep_dims=false"));
        assertEquals("ReduceMean", operator(one + "[3] keep_dims=true"));
        assertEquals("ReduceSum", operator(one.replace("mean", "sum") + "[2,3] keep_dims=true"));
    }

    private static String operator(String statements) throws IOException {
        return exported(graph(statements + "\nreturn %y")).getGraph().getNode(0).getOpType();
    }

    @Test
    void an_extent_of_zero_is_zero() {
        Graph graph = graph("%x: f32[2,0] = input\n%y = reshape(%x) shape=[0,5]\nreturn %y");
        assertEquals(GraphPrinter.print(graph), GraphPrinter.print(again(graph)));
    }

    @Test
    void a_value_that_is_yielded_twice_is_written_once() throws IOException {
        Graph graph = graph("%x: f32[2] = input\n%y = relu(%x)\nreturn %y, %x, %y");
        assertEquals(2, exported(graph).getGraph().getOutputCount());
        assertEquals(2, again(graph).outputs().size());
    }

    @Test
    void an_operator_that_onnx_does_not_have_is_told() {
        Graph.Builder builder = Graph.builder("custom");
        builder.output(builder.add("twice", new Doubled(), builder.input("x", TensorType.float32(2))));
        CompileException fault = fault(() -> OnnxExport.of(builder.build()));
        assertEquals(Code.ONNX_OPERATOR, fault.code());
        assertEquals("twice (doubled)", fault.where());
        assertTrue(fault.getMessage().contains("'doubled' cannot be exported"), fault.getMessage());
        assertTrue(fault.getMessage().contains("hint: "), fault.getMessage());
    }

    @Test
    void a_file_is_as_large_as_its_weights_and_little_more(@TempDir Path folder) throws IOException {
        Graph lenet = Zoo.graph("lenet5", 1, 1);
        long weights = lenet.constants().keySet().stream()
                .mapToLong(value -> value.type().bytes())
                .sum();
        Path file = folder.resolve("lenet5.onnx");
        OnnxExport.write(lenet, file);
        long bytes = Files.size(file);
        assertTrue(bytes > weights && bytes < weights + 4096, bytes + " for " + weights);
        assertArrayEquals(OnnxExport.of(lenet), Files.readAllBytes(file));
        assertEquals(List.of("lenet5.onnx"), names(folder));
    }

    @Test
    void a_file_that_cannot_be_written_leaves_nothing_behind(@TempDir Path folder) throws IOException {
        Graph lenet = Zoo.graph("lenet5", 1, 1);
        for (Path path : List.of(folder, folder.resolve("missing/a.onnx"), Path.of("/proc/a.onnx"))) {
            CompileException fault = fault(() -> OnnxExport.write(lenet, path));
            assertEquals(Code.FILE_WRITE, fault.code());
            assertEquals(path.toString(), fault.where());
            assertEquals(1, fault.getMessage().lines().count());
        }
        assertEquals(List.of(), names(folder));
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> String.valueOf(file.getFileName())).toList();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"lenet5", "resnet18", "mobilenetv2", "encoder-decoder", "mlp"})
    void a_network_for_any_batch_is_that_for_each(String name) {
        Model model = Model.parse(OnnxExport.ofAnyBatch(Zoo.graph(name, 2, 1)), name);
        for (long batch : new long[] {1, 2, 5}) {
            assertEquals(elided(Zoo.graph(name, batch, 1)), elided(model.graph(Map.of("N", batch))));
        }
    }

    private static String elided(Graph graph) {
        return GraphPrinter.print(graph, GraphPrinter.Constants.ELIDED).replaceAll("epsilon=[^ ]+", "epsilon");
    }

    @Test
    void a_reshape_of_each_image_is_for_any_batch() {
        Graph graph = graph("%x: f32[1,2,3] = input\n%y = reshape(%x) shape=[1,6]\nreturn %y");
        Model model = Model.parse(OnnxExport.ofAnyBatch(graph), "any");
        assertEquals("[y: f32[N,6]]", model.outputs().toString());
        assertEquals(
                Shape.of(4, 6),
                model.graph(Map.of("N", 4L)).outputs().getFirst().type().shape());
    }

    @Test
    void what_is_for_one_batch_only_is_told() {
        notOpen("y (reshape)", "%x: f32[2,2,3] = input\n%y = reshape(%x) shape=[12]\nreturn %y");
        notOpen("y (add)", "%x: f32[2,3] = input\n%w: f32[2,3] = constant random 1\n%y = add(%x, %w)\nreturn %y");
        notOpen("output y", "%x: f32[2,3] = input\n%y = concat(%x, %x) axis=0\nreturn %y");
        notOpen("output y", "%x: f32[2,3] = input\n%y = reduce_sum(%x) axes=[0] keep_dims=true\nreturn %y");
        notOpen("output y", "%x: f32[2,3] = input\n%y = transpose(%x) permutation=[1,0]\nreturn %y");
        notOpen("input z", "%x: f32[2,3] = input\n%z: f32[1,3] = input\n%y = add(%x, %z)\nreturn %y");
        notOpen("sample", "%x: f32[2] = input\n%y = relu(%x)\nreturn %y");
    }

    private static void notOpen(String where, String statements) {
        CompileException fault = fault(() -> OnnxExport.ofAnyBatch(graph(statements)));
        assertEquals(Code.ONNX_DYNAMIC, fault.code());
        assertEquals(where, fault.where());
        assertFalse(String.valueOf(fault.hint()).isEmpty());
    }
}
