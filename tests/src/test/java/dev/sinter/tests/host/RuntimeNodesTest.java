package dev.sinter.tests.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sinter.frontend.Model;
import dev.sinter.frontend.onnx.proto.GraphProto;
import dev.sinter.frontend.onnx.proto.ModelProto;
import dev.sinter.frontend.onnx.proto.NodeProto;
import dev.sinter.frontend.onnx.proto.OperatorSetIdProto;
import dev.sinter.frontend.onnx.proto.TensorShapeProto;
import dev.sinter.frontend.onnx.proto.TypeProto;
import dev.sinter.frontend.onnx.proto.ValueInfoProto;
import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.exec.Device;
import dev.sinter.ir.exec.Executable;
import dev.sinter.ir.exec.Sinter;
import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.GraphPrinter;
import dev.sinter.ir.graph.Node;
import dev.sinter.ir.interp.Interpreter;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.Tensor;
import dev.sinter.ir.type.TensorType;
import dev.sinter.ir.verify.Verification;
import dev.sinter.tests.reference.OnnxRuntime;
import dev.sinter.tests.support.Devices;
import dev.sinter.tests.support.EvaluatorDevice;
import dev.sinter.tests.support.SampleTargets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.LongStream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Nodes whose deciding inputs are fed, in models that declare what shapes they yield.
@NullMarked
class RuntimeNodesTest {
    private static final int FLOAT = 1;
    private static final int INT64 = 7;

    /// y = -node(relu(x), lists…).
    ///
    /// @param shapes what the model declares of the node's outputs, of which y is made of the last
    private record Sample(String operator, Shape x, List<Shape> shapes, List<long[]> lists) {
        Map<String, Tensor> inputs() {
            Map<String, Tensor> inputs = new LinkedHashMap<>();
            Tensor ramp = Tensor.allocate(TensorType.float32(
                    x.dims().stream().mapToLong(Long::longValue).toArray()));
            LongStream.range(0, x.elements()).forEach(i -> ramp.set(i, i % 7 - 3));
            inputs.put("x", ramp);
            for (int i = 0; i < lists.size(); i++) {
                inputs.put("list" + i, Tensor.ofLongs(Shape.of(lists.get(i).length), lists.get(i)));
            }
            return inputs;
        }

        byte[] model() {
            GraphProto.Builder graph = GraphProto.newBuilder().setName("fed").addInput(port("x", FLOAT, x));
            NodeProto.Builder node =
                    NodeProto.newBuilder().setOpType(operator).setName("node").addInput("r");
            for (int i = 0; i < lists.size(); i++) {
                graph.addInput(port("list" + i, INT64, Shape.of(lists.get(i).length)));
                node.addInput("list" + i);
            }
            for (int i = 0; i < shapes.size(); i++) {
                graph.addValueInfo(port("out" + i, FLOAT, shapes.get(i)));
                node.addOutput("out" + i);
            }
            graph.addNode(NodeProto.newBuilder().setOpType("Relu").addInput("x").addOutput("r"))
                    .addNode(node)
                    .addNode(NodeProto.newBuilder()
                            .setOpType("Neg")
                            .addInput("out" + (shapes.size() - 1))
                            .addOutput("y"))
                    .addOutput(port("y", FLOAT, shapes.getLast()));
            return ModelProto.newBuilder()
                    .setIrVersion(8)
                    .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(17))
                    .setGraph(graph)
                    .build()
                    .toByteArray();
        }

        Graph graph() {
            return Model.parse(model(), "fed").graph();
        }

        @Override
        public String toString() {
            return operator + " " + x + " to " + shapes;
        }
    }

    private static ValueInfoProto port(String name, int element, Shape shape) {
        TensorShapeProto.Builder dims = TensorShapeProto.newBuilder();
        shape.dims().forEach(dim -> dims.addDimBuilder().setDimValue(dim));
        TypeProto.Tensor tensor = TypeProto.Tensor.newBuilder()
                .setElemType(element)
                .setShape(dims)
                .build();
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder().setTensorType(tensor))
                .build();
    }

    private static Sample sample(String operator, Shape x, Shape shape, long[]... lists) {
        return new Sample(operator, x, List.of(shape), List.of(lists));
    }

    private static long[] list(long... values) {
        return values;
    }

    static List<Sample> samples() {
        return List.of(
                sample(
                        "Slice",
                        Shape.of(2, 5, 6),
                        Shape.of(2, 3, 3),
                        list(1, -1),
                        list(4, -7),
                        list(1, 2),
                        list(1, -2)),
                sample("Slice", Shape.of(4, 3), Shape.of(2, 3), list(1), list(3)),
                sample("Reshape", Shape.of(2, 6), Shape.of(3, 4), list(3, -1)),
                sample("Unsqueeze", Shape.of(2, 3), Shape.of(1, 2, 3, 1), list(0, -1)),
                sample("Squeeze", Shape.of(1, 2, 1, 3), Shape.of(2, 1, 3), list(0)),
                sample("Expand", Shape.of(3, 1), Shape.of(2, 3, 4), list(2, 1, 4)),
                sample("Tile", Shape.of(2, 3), Shape.of(4, 3), list(2, 1)),
                sample("Pad", Shape.of(2, 3), Shape.of(3, 6), list(0, 1, 1, 2)),
                new Sample("Split", Shape.of(5, 2), List.of(Shape.of(2, 2), Shape.of(3, 2)), List.of(list(2, 3))));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void they_give_what_onnx_runtime_gives(Sample sample) throws Exception {
        Graph graph = sample.graph();
        Map<String, Tensor> inputs = sample.inputs();
        Tensor expected =
                Objects.requireNonNull(OnnxRuntime.run(sample.model(), inputs).get("y"));
        assertTrue(expected.sameBits(
                Objects.requireNonNull(Interpreter.run(graph, inputs).get("y"))));
        for (Device device : devices()) {
            try (Executable executable = Sinter.compile(graph, device)) {
                assertTrue(expected.sameBits(
                        Objects.requireNonNull(executable.run(inputs).get("y"))));
                assertTrue(Verification.bounded(executable, inputs, _ -> {}).passed());
                assertEquals(
                        List.of("node (onnx_" + sample.operator().toLowerCase(Locale.ROOT) + ")"),
                        executable.program().onHost().stream().map(Node::label).toList());
            }
        }
    }

    private static List<Device> devices() {
        List<Device> devices = new ArrayList<>(List.of(new EvaluatorDevice(SampleTargets.named("gpu"))));
        Devices.find(Devices.JVM).ifPresent(devices::add);
        Devices.find(Devices.OPENCL).ifPresent(devices::add);
        return devices;
    }

    @Test
    void one_network_serves_every_value_that_gives_the_declared_shape() {
        Sample sample = sample("Slice", Shape.of(6, 2), Shape.of(2, 2), list(1), list(3));
        try (Executable executable = Sinter.compile(sample.graph(), Devices.of(Devices.JVM))) {
            Map<String, Tensor> inputs = sample.inputs();
            for (long start = 0; start < 5; start++) {
                inputs.put("list0", Tensor.ofLongs(Shape.of(1), start));
                inputs.put("list1", Tensor.ofLongs(Shape.of(1), start + 2));
                Tensor y = Objects.requireNonNull(executable.run(inputs).get("y"));
                float first = Math.max(0, 2 * start % 7 - 3);
                assertEquals(-first, y.get(0));
            }
        }
    }

    @Test
    void another_shape_than_the_declared_one_is_refused_with_both() {
        Sample sample = sample("Slice", Shape.of(6, 2), Shape.of(2, 2), list(1), list(5));
        for (Device device : devices()) {
            try (Executable executable = Sinter.compile(sample.graph(), device)) {
                CompileException fault = assertThrows(CompileException.class, () -> executable.run(sample.inputs()));
                assertEquals(Code.GRAPH_TYPE_CLAIM, fault.code());
                assertEquals("node (onnx_slice)", fault.where());
                assertEquals("is f32[4,2] but the model declares out0: f32[2,2]", fault.fact());
            }
        }
    }

    @Test
    void values_that_are_wrong_in_themselves_are_refused() {
        Sample sample = sample("Slice", Shape.of(6, 2), Shape.of(2, 2), list(1), list(5), list(3));
        CompileException fault =
                assertThrows(CompileException.class, () -> Interpreter.run(sample.graph(), sample.inputs()));
        assertEquals(Code.SHAPE_AXIS, fault.code());
        assertEquals("node (onnx_slice)", fault.where());
    }

    @Test
    void without_a_declared_shape_the_values_must_be_known() throws Exception {
        ModelProto.Builder model =
                ModelProto.parseFrom(sample("Tile", Shape.of(2, 3), Shape.of(4, 3), list(2, 1))
                                .model())
                        .toBuilder();
        model.getGraphBuilder().clearValueInfo();
        CompileException fault = assertThrows(
                CompileException.class,
                () -> Model.parse(model.build().toByteArray(), "undeclared").graph());
        assertEquals(Code.ONNX_DYNAMIC, fault.code());
        assertTrue(String.valueOf(fault.getMessage()).contains("with the shapes of all that its nodes yield"));
    }

    @Test
    void a_declared_shape_is_for_the_batch_of_its_file() {
        Sample sample = sample("Tile", Shape.of(1, 3), Shape.of(1, 6), list(1, 2));
        CompileException fault = assertThrows(
                CompileException.class,
                () -> Model.parse(sample.model(), "batch").withBatch(2).graph());
        assertEquals(Code.ONNX_DYNAMIC, fault.code());
    }

    @Test
    void ir_text_shows_them() {
        String text = GraphPrinter.print(
                sample("Tile", Shape.of(1, 3), Shape.of(1, 6), list(1, 2)).graph());
        assertTrue(text.contains("%out0: f32[1,6] = onnx_tile(%r, %list0) operator=\"Tile\" opset=17"), text);
    }
}
