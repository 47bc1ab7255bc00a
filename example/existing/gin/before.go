package gin

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"github.com/apigen-go/apigen/example/existing/api"
)

//snippet:before

// PutNote keeps a note of the caller, whom a middleware has found out.
func PutNote(store api.Store) gin.HandlerFunc {
	return func(c *gin.Context) {
		var body struct {
			Text *string `json:"text" binding:"required"`
		}
		if err := c.ShouldBindJSON(&body); err != nil {
			c.JSON(http.StatusBadRequest, gin.H{"error": err.Error()})
			return
		}
		note := api.Note{ID: c.Param("id"), Owner: c.GetInt64("userId"), Text: *body.Text}
		if err := store.Put(c.Request.Context(), note); err != nil {
			c.JSON(http.StatusInternalServerError, gin.H{"error": "internal error"})
			return
		}
		c.JSON(http.StatusOK, note)
	}
}

//snippet:end
