/// What stands in an ONNX file: graphs, declarations, attributes and tensors, wherever they lie, checked as they are
/// read.
@NullMarked
package dev.sinter.frontend.onnx.file;

import org.jspecify.annotations.NullMarked;
