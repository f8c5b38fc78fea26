import org.jspecify.annotations.NullMarked;

/// The intermediate representation: graph, operators, passes, expressions, schedules, kernels, oracle and the
/// interfaces by which programs run.
///
/// Packages that only modules of ours need are exported to these alone.
@NullMarked
module dev.sinter.ir {
    requires static org.jspecify;
    requires java.management;
    requires jdk.management;

    exports dev.sinter.ir.diag;
    exports dev.sinter.ir.type;
    exports dev.sinter.ir.numeric;
    exports dev.sinter.ir.expr;
    exports dev.sinter.ir.op;
    exports dev.sinter.ir.graph;
    exports dev.sinter.ir.gradient;
    exports dev.sinter.ir.rewrite;
    exports dev.sinter.ir.schedule;
    exports dev.sinter.ir.kernel;
    exports dev.sinter.ir.lower;
    exports dev.sinter.ir.evaluate;
    exports dev.sinter.ir.plan;
    exports dev.sinter.ir.exec;
    exports dev.sinter.ir.interp;
    exports dev.sinter.ir.verify;
    exports dev.sinter.ir.tune;
    exports dev.sinter.ir.analysis to
            dev.sinter.cli;
    exports dev.sinter.ir.file to
            dev.sinter.backend.opencl,
            dev.sinter.cli,
            dev.sinter.frontend,
            dev.sinter.training;
    exports dev.sinter.ir.transform to
            dev.sinter.backend.fpga,
            dev.sinter.backend.jvm,
            dev.sinter.backend.opencl;

    uses dev.sinter.ir.exec.Backend;
}
