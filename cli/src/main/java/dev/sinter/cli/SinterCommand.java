package dev.sinter.cli;

import picocli.CommandLine.Command;

/// The command that holds all others.
@Command(
        name = "sinter",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        customSynopsis = "sinter COMMAND [ARGUMENT]...",
        header = {"Compiles convolutional networks to fused kernels for GPUs, CPUs and FPGAs, and runs them.", ""},
        footer = {
            "",
            "Examples:",
            "  sinter devices",
            "  sinter inspect model.onnx",
            "  sinter explain zoo:lenet5",
            "  sinter run model.onnx --input pictures/ --labels names.txt",
            "  sinter verify model.onnx --layers",
            "",
            "'sinter COMMAND --help' tells more of one.",
            "",
            "Exit codes: 0 all went well, 1 something failed, 2 the command or its input is at fault."
        })
final class SinterCommand {}
