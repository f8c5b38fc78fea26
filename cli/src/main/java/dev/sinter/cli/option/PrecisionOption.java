package dev.sinter.cli.option;

import dev.sinter.ir.exec.Precision;
import picocli.CommandLine.Option;

/// In which precision a network is computed.
public final class PrecisionOption {
    @Option(
            names = "--precision",
            paramLabel = "TYPE",
            description = "f32, or f16: float16 where that is safe, on devices that have it (cl_khr_fp16). Inputs and"
                    + " outputs stay as they are. Default: f32.")
    private Precision precision = Precision.FLOAT32;

    public Precision chosen() {
        return precision;
    }
}
