package dev.sinter.tests.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sinter.frontend.Model;
import dev.sinter.frontend.Session;
import dev.sinter.frontend.onnx.proto.GraphProto;
import dev.sinter.frontend.onnx.proto.ModelProto;
import dev.sinter.frontend.onnx.proto.NodeProto;
import dev.sinter.frontend.onnx.proto.OperatorSetIdProto;
import dev.sinter.frontend.onnx.proto.TensorShapeProto;
import dev.sinter.frontend.onnx.proto.TypeProto;
import dev.sinter.frontend.onnx.proto.ValueInfoProto;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.exec.CompileOptions;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.Tensor;
import dev.sinter.ir.type.TensorType;
import dev.sinter.tests.support.Devices;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/// Models whose shapes are known only when they are fed.
@NullMarked
class SessionTest {
    private static final int FLOAT = 1;
    private static final int INT64 = 7;

    @Test
    void open_dimensions_are_bound_by_each_run() {
        try (Session session = Session.of(model(), Devices.of(Devices.JVM))) {
            assertEquals(Shape.of(12), run(session, 3, 4, 12).shape());
            assertEquals(Shape.of(10), run(session, 2, 5, 10).shape());
            assertEquals(Shape.of(12), run(session, 3, 4, 12).shape());
            assertEquals(2, session.compilations());
        }
    }

    @Test
    void an_input_that_says_a_shape_is_bound_by_its_value() {
        try (Session session = Session.of(model(), Devices.of(Devices.JVM))) {
            assertEquals(Shape.of(12), run(session, 3, 4, 12).shape());
            assertEquals(Shape.of(2, 6), run(session, 3, 4, 2, 6).shape());
            assertEquals(Shape.of(6, 2), run(session, 3, 4, 6, 2).shape());
            assertEquals(3, session.compilations());
        }
    }

    @Test
    void values_that_are_written_over_later_change_nothing() {
        try (Session session = Session.of(model(), Devices.of(Devices.JVM))) {
            Tensor shape = Tensor.ofLongs(Shape.of(2), 2, 6);
            session.run(Map.of("x", ramp(3, 4), "shape", shape));
            shape.setLong(0, 6);
            shape.setLong(1, 2);
            Tensor found = session.run(Map.of("x", ramp(3, 4), "shape", shape)).get("y");
            assertEquals(Shape.of(6, 2), Objects.requireNonNull(found).shape());
        }
    }

    @Test
    void what_was_not_used_for_longest_is_compiled_again() {
        try (Session session = Session.of(model(), Devices.of(Devices.JVM), CompileOptions.DEFAULT, 2)) {
            run(session, 3, 4, 12);
            run(session, 2, 5, 10);
            run(session, 3, 4, 12);
            run(session, 1, 7, 7);
            run(session, 3, 4, 12);
            assertEquals(3, session.compilations());
            run(session, 2, 5, 10);
            assertEquals(4, session.compilations());
        }
    }

    @Test
    void threads_share_a_session_whose_choices_come_and_go() throws Exception {
        try (Session session = Session.of(model(), Devices.of(Devices.JVM), CompileOptions.DEFAULT, 2);
                ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Future<Tensor>> results = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                int rows = 1 + i % 4;
                results.add(threads.submit(() -> run(session, rows, 3, rows * 3L)));
            }
            for (int i = 0; i < results.size(); i++) {
                int elements = (1 + i % 4) * 3;
                float[] expected = new float[elements];
                IntStream.range(0, elements).forEach(at -> expected[at] = at);
                assertArrayEquals(expected, results.get(i).get().toFloats());
            }
        }
    }

    @Test
    void what_does_not_fit_is_refused_and_leaves_the_session_as_it_was() {
        try (Session session = Session.of(model(), Devices.of(Devices.JVM))) {
            assertThrows(CompileException.class, () -> run(session, 3, 4, 13));
            assertThrows(CompileException.class, () -> session.run(Map.of("x", ramp(3, 4))));
            assertEquals(Shape.of(12), run(session, 3, 4, 12).shape());
        }
    }

    @Test
    void a_closed_session_runs_nothing() {
        Session session = Session.of(model(), Devices.of(Devices.JVM));
        run(session, 3, 4, 12);
        session.close();
        assertThrows(IllegalStateException.class, () -> run(session, 3, 4, 12));
    }

    private static Tensor run(Session session, long rows, long columns, long... shape) {
        Map<String, Tensor> inputs =
                Map.of("x", ramp(rows, columns), "shape", Tensor.ofLongs(Shape.of(shape.length), shape));
        return Objects.requireNonNull(session.run(inputs).get("y"));
    }

    private static Tensor ramp(long rows, long columns) {
        Tensor ramp = Tensor.allocate(TensorType.float32(rows, columns));
        LongStream.range(0, rows * columns).forEach(i -> ramp.set(i, i));
        return ramp;
    }

    /// y = reshape(relu(x), shape), with extents of x that nobody says.
    private static Model model() {
        GraphProto graph = GraphProto.newBuilder()
                .setName("open")
                .addInput(port("x", FLOAT, "rows", "columns"))
                .addInput(port("shape", INT64, "rank"))
                .addNode(NodeProto.newBuilder().setOpType("Relu").addInput("x").addOutput("r"))
                .addNode(NodeProto.newBuilder()
                        .setOpType("Reshape")
                        .addInput("r")
                        .addInput("shape")
                        .addOutput("y"))
                .addOutput(ValueInfoProto.newBuilder().setName("y").setType(type(FLOAT)))
                .build();
        ModelProto model = ModelProto.newBuilder()
                .setIrVersion(8)
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(17))
                .setGraph(graph)
                .build();
        return Model.parse(model.toByteArray(), "open");
    }

    private static TypeProto type(int element) {
        return TypeProto.newBuilder()
                .setTensorType(TypeProto.Tensor.newBuilder().setElemType(element))
                .build();
    }

    private static ValueInfoProto port(String name, int element, String... symbols) {
        TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
        for (String symbol : symbols) {
            shape.addDim(TensorShapeProto.Dimension.newBuilder().setDimParam(symbol));
        }
        TypeProto.Tensor tensor = TypeProto.Tensor.newBuilder()
                .setElemType(element)
                .setShape(shape)
                .build();
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder().setTensorType(tensor))
                .build();
    }
}
