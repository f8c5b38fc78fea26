/// The network builder, ONNX import and export, and IR text files.
///
/// Not null-marked as a whole, since it holds code that protoc generates: each package says it for itself.
module dev.sinter.frontend {
    requires static org.jspecify;
    requires transitive dev.sinter.ir;
    requires com.google.protobuf;

    exports dev.sinter.frontend;
    exports dev.sinter.frontend.onnx;
    exports dev.sinter.frontend.port;
    exports dev.sinter.frontend.zoo;
}
