package dev.sinter.frontend;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sinter.frontend.onnx.proto.GraphProto;
import dev.sinter.frontend.onnx.proto.ModelProto;
import dev.sinter.frontend.onnx.proto.NodeProto;
import dev.sinter.frontend.onnx.proto.TensorProto;
import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.GraphParser;
import dev.sinter.ir.graph.GraphPrinter;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/// Steps of rounding to bytes and back, as operators of ONNX.
@NullMarked
class QuantizedExportTest {
    private static final String ROUNDING = """
        %x: f32[2,3] = input
        %s: f32[] = constant [0.5]
        %z: u8[] = constant [7]
        %z32: i32[] = constant [7]
        %d = div(%x, %s)
        %q = quantize(%d, %z) element=uint8 least=0 most=255
        """;

    private static final String BACK = """
        %i = cast(%q) element=int32
        %c = sub(%i, %z32)
        %f = cast(%c) element=float32
        %y = mul(%f, %s)
        """;

    private static Graph graph(String statements) {
        return GraphParser.parse("sinter.graph 1\ngraph sample {\n" + statements + "\n}\n", "sample");
    }

    private static GraphProto exported(String statements) throws IOException {
        return ModelProto.parseFrom(OnnxExport.of(graph(statements))).getGraph();
    }

    private static List<String> operators(String statements) throws IOException {
        return exported(statements).getNodeList().stream()
                .map(NodeProto::getOpType)
                .toList();
    }

    private static List<String> initializers(GraphProto graph) {
        return graph.getInitializerList().stream().map(TensorProto::getName).toList();
    }

    @Test
    void the_steps_are_one_node_each_way() throws IOException {
        GraphProto graph = exported(ROUNDING + BACK + "return %y");
        assertEquals(
                List.of("QuantizeLinear", "DequantizeLinear"),
                graph.getNodeList().stream().map(NodeProto::getOpType).toList());
        assertEquals(
                List.of("x", "q/y_scale", "q/y_zero_point"), graph.getNode(0).getInputList());
        assertEquals(
                List.of("q", "y/x_scale", "y/x_zero_point"), graph.getNode(1).getInputList());
        assertEquals(
                List.of("q/y_scale", "q/y_zero_point", "y/x_scale", "y/x_zero_point"),
                initializers(graph),
                "what only the steps read is not written beside");
    }

    @Test
    void what_is_written_is_read_as_the_same_steps() {
        Graph graph = graph(ROUNDING + BACK + "return %y");
        Graph again = Model.parse(OnnxExport.of(graph), "sample").graph();
        assertEquals(mnemonics(graph), mnemonics(again), GraphPrinter.print(again));
    }

    private static List<String> mnemonics(Graph graph) {
        return graph.nodes().stream().map(node -> node.op().mnemonic()).toList();
    }

    @Test
    void weights_have_a_scale_along_their_channels() throws IOException {
        GraphProto graph = exported("""
            %x: f32[1,1,4,4] = input
            %w: i8[2,1,1,1] = constant [127, -5]
            %s: f32[2,1,1,1] = constant [0.5, 0.25]
            %i = cast(%w) element=int32
            %f = cast(%i) element=float32
            %r = mul(%f, %s)
            %b: i32[2] = constant [10, 20]
            %t: f32[2] = constant [0.1, 0.2]
            %g = cast(%b) element=float32
            %c = mul(%g, %t)
            %y = conv(%x, %r, %c)
            return %y\
            """);
        assertEquals(
                List.of("DequantizeLinear", "DequantizeLinear", "Conv"),
                graph.getNodeList().stream().map(NodeProto::getOpType).toList());
        assertEquals("axis", graph.getNode(0).getAttribute(0).getName());
        assertEquals(0, graph.getNode(0).getAttribute(0).getI());
        TensorProto scale = graph.getInitializerList().stream()
                .filter(tensor -> tensor.getName().equals("r/x_scale"))
                .findFirst()
                .orElseThrow();
        assertEquals(List.of(2L), scale.getDimsList());
        assertEquals(List.of("w", "b"), initializers(graph).subList(0, 2));
    }

    @Test
    void steps_that_others_read_too_stay_apart() throws IOException {
        assertEquals(List.of("Div", "QuantizeLinear"), operators(ROUNDING + "return %q, %d"));
        assertEquals(
                List.of("QuantizeLinear", "Cast", "Sub", "Cast", "Mul"), operators(ROUNDING + BACK + "return %y, %f"));
        assertEquals(
                List.of("QuantizeLinear", "Cast", "Sub", "Cast", "Mul"), operators(ROUNDING + BACK + "return %y, %i"));
    }

    @Test
    void a_zero_point_that_is_no_byte_stays_a_difference() throws IOException {
        assertEquals(
                List.of("QuantizeLinear", "Cast", "Sub", "Cast", "Mul"),
                operators(ROUNDING.replace("%z32: i32[] = constant [7]", "%z32: i32[] = constant [300]")
                        + BACK
                        + "return %y"));
    }

    @Test
    void pixels_that_are_scaled_stay_a_cast_and_a_product() throws IOException {
        assertEquals(List.of("Cast", "Mul"), operators("""
            %x: u8[2,3] = input
            %s: f32[] = constant [0.5]
            %f = cast(%x) element=float32
            %y = mul(%f, %s)
            return %y\
            """));
    }

    @Test
    void scales_along_two_axes_stay_products() throws IOException {
        assertEquals(List.of("Cast", "Cast", "Mul"), operators("""
            %x: u8[2,3] = input
            %s: f32[2,3] = constant [1, 2, 3, 4, 5, 6]
            %i = cast(%x) element=int32
            %f = cast(%i) element=float32
            %y = mul(%f, %s)
            return %y\
            """));
    }
}
