/// ONNX files, read and written: `file` knows what stands in them, `operator` what each operator means, and `importing`
/// and `exporting` go from one graph to the other.
@NullMarked
package dev.sinter.frontend.onnx;

import org.jspecify.annotations.NullMarked;
