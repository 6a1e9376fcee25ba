# Builds and runs Proofs: restores the pinned tools, then hands every argument to build.cake.
#   ./build.ps1                  verify every paper artifact in the quick profile and print the verdict table
#   ./build.ps1 --target=Test    run every test
#   ./build.ps1 --description    list all targets
$ErrorActionPreference = 'Stop'
Set-Location $PSScriptRoot

$env:DOTNET_CLI_TELEMETRY_OPTOUT = '1'
$env:DOTNET_NOLOGO = '1'
$env:DOTNET_SKIP_FIRST_TIME_EXPERIENCE = '1'
$env:DOTNET_GENERATE_ASPNET_CERTIFICATE = 'false'
$env:DOTNET_CLI_UI_LANGUAGE = 'en'
$env:MSBUILDDISABLENODEREUSE = '1' # no build server outlives this script
if ($env:CI -eq 'true') { $env:UseSharedCompilation = 'false' }
if ([Console]::IsOutputRedirected) { $env:MSBUILDTERMINALLOGGER = 'off'; $env:NO_COLOR = '1' }

$needed = (Get-Content global.json -Raw | ConvertFrom-Json).sdk.version
if (-not (Get-Command dotnet -ErrorAction SilentlyContinue)) {
    [Console]::Error.WriteLine("build.ps1: the .NET SDK is missing: expected 'dotnet' $needed or newer on PATH; see https://dot.net/download")
    exit 69
}
$ErrorActionPreference = 'Continue' # a native program that writes to stderr is no exception; its exit code decides
dotnet --version *> $null
if ($LASTEXITCODE -ne 0) {
    $found = (dotnet --list-sdks 2> $null | ForEach-Object { ($_ -split ' ')[0] }) -join ' '
    $major = ($needed -split '\.')[0]
    [Console]::Error.WriteLine("build.ps1: no suitable .NET SDK: global.json asks for $needed or a newer $major.0 release, found: $found; see https://dot.net/download")
    exit 69
}

$restored = dotnet tool restore 2>&1
if ($LASTEXITCODE -ne 0) {
    [Console]::Error.WriteLine(($restored -join "`n"))
    [Console]::Error.WriteLine('build.ps1: the tools of .config/dotnet-tools.json could not be restored')
    exit 69
}
$arguments = @($args)
if (-not ($arguments -match '^(--verbosity|-v)')) { $arguments = @('--verbosity=quiet') + $arguments }
dotnet cake build.cake @arguments
exit $LASTEXITCODE
