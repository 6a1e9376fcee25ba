#!/bin/sh
# Makes Onnx.g.cs of onnx.proto. Needs protoc 3.21 … 3.25 (Debian: apt-get install protobuf-compiler), whose output the
# Google.Protobuf of Directory.Packages.props runs; the result is committed, so that a build needs no protoc.
set -eu
cd "$(dirname "$0")"
protoc --csharp_out=.. --csharp_opt=internal_access,file_extension=.g.cs onnx.proto
