package dev.sinter.ir.diag;

/// What can be wrong, by stable code. A code is never given another meaning.
public enum Code {
    GRAPH_STRUCTURE("GRAPH-001"),
    GRAPH_UNKNOWN_VALUE("GRAPH-002"),
    GRAPH_DUPLICATE("GRAPH-003"),
    GRAPH_CYCLE("GRAPH-004"),
    GRAPH_TYPE_CLAIM("GRAPH-005"),
    TEXT_SYNTAX("TEXT-001"),
    TEXT_VERSION("TEXT-002"),
    TYPE_ELEMENT("TYPE-001"),
    TYPE_MIXED("TYPE-002"),
    SHAPE_RANK("SHAPE-001"),
    SHAPE_BROADCAST("SHAPE-002"),
    SHAPE_CHANNELS("SHAPE-003"),
    SHAPE_WINDOW("SHAPE-004"),
    SHAPE_ELEMENTS("SHAPE-005"),
    SHAPE_AXIS("SHAPE-006"),
    SHAPE_MISMATCH("SHAPE-007"),
    ATTRIBUTE("ATTR-001"),
    OPERANDS("ATTR-002"),
    GRADIENT_LOSS("GRAD-001"),
    GRADIENT_OPERATOR("GRAD-002"),
    SCHEDULE_ILLEGAL("SCHED-001"),
    ONNX_FORMAT("ONNX-001"),
    ONNX_OPERATOR("ONNX-002"),
    ONNX_ATTRIBUTE("ONNX-003"),
    ONNX_TENSOR("ONNX-004"),
    ONNX_OPSET("ONNX-005"),
    ONNX_DYNAMIC("ONNX-006"),
    HARDWARE_FILE("HW-001"),
    DEVICE_UNKNOWN("DEV-001"),
    DEVICE_MEMORY("DEV-002"),
    DEVICE_BUILD("DEV-003"),
    DEVICE_RUN("DEV-004"),
    INPUT_NAME("INPUT-001"),
    INPUT_SHAPE("INPUT-002"),
    INPUT_TYPE("INPUT-003"),
    INPUT_DATA("INPUT-004"),
    FILE_MISSING("FILE-001"),
    FILE_READ("FILE-002"),
    FILE_WRITE("FILE-003"),
    OPTION("OPT-001"),
    TRAINING_DATA("TRAIN-001"),
    TRAINING_DIVERGED("TRAIN-002"),
    CHECKPOINT_OTHER("TRAIN-003");

    private final String text;

    Code(String text) {
        this.text = text;
    }

    /// The code as users see it, for example `SHAPE-003`.
    public String text() {
        return text;
    }
}
